"""Slugs of topics and people: one for spellings of a name, another for every other name."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain, count

from backlist import urls

_SIGNS = {"+": "plus", "#": "sharp", "*": "star", "@": "at", "%": "percent", "=": "equals"}
"""Signs that tell names apart, and how a slug spells them where it has to."""


def slugs_of(groups: Iterable[Sequence[str]], *, every_script: bool = False) -> dict[str, str]:
    """The slug of each name in groups of them, oldest first.

    Names that differ in a sign (`C`, `C++`, `C#`), or in letters that no slug shows, are not the
    same. The oldest has the plain slug, so that its address stays when others join; of one group,
    the name with the fewest signs. Empty where nothing in a name can be spelt.

    >>> slugs_of([["C++", "C"], ["c++", "C#", "KV cache"], ["kv-cache"]]).values()
    dict_values(['c', 'c-plus-plus', 'kv-cache', 'c-sharp', 'c-plus-plus', 'kv-cache'])
    """
    found: dict[str, str] = {}
    known: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(name for group in groups for name in sorted(group, key=_signs)):
        plain = urls.slug_of(name, every_script=every_script)
        meant = urls.folded(plain), _unspelt(name, every_script=every_script)
        if plain and meant not in known:
            spelled = re.sub(r"[+#*@%=]", lambda sign: f" {_SIGNS[sign[0]]} ", name)
            numbered = (f"{plain}-{number}" for number in count(2))
            choices = chain((plain, urls.slug_of(spelled, every_script=every_script)), numbered)
            known[meant] = next(slug for slug in choices if urls.folded(slug) not in taken)
            taken.add(urls.folded(known[meant]))
        found[name] = known.get(meant, "")
    return found


def _signs(name: str) -> int:
    return sum(not sign.isalnum() and not sign.isspace() for sign in name)


def _unspelt(name: str, *, every_script: bool) -> str:
    """What of a name its slug does not say: signs, a leading dot, letters of most scripts."""
    text = unicodedata.normalize("NFKC", urls.decode_entities(name)).casefold().strip()
    signs = "".join(sign for sign in text if sign in _SIGNS or unicodedata.category(sign) == "Sc")
    dot = "." if re.match(r"\.\w", text) else ""
    if every_script or text.isascii():
        return dot + signs
    letters = (letter for letter in text if letter.isalpha() and not letter.isascii())
    other = (one for one in letters if not unicodedata.name(one, "").startswith(("LATIN", "GREEK")))
    return dot + signs + "".join(other)
