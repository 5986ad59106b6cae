"""Which way a text runs: by the language it is in, else by its letters (Unicode UAX 9)."""

import re

LEFT, RIGHT = "ltr", "rtl"

_LANGUAGES = re.compile(
    "ar|arc|arz|ary|azb|ckb|dv|fa|glk|he|iw|ji|khw|ks|lrc|mzn|nqo|pnb|prs|ps|sd|syr|ug|ur|yi"
)
"""ISO 639 codes of languages written from the right where nothing else is said (CLDR 45)."""
_SCRIPTS = re.compile("adlm|arab|aran|hebr|mand|nkoo|rohg|samr|syrc|thaa")
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LETTER = re.compile(r"[^\W\d_]")
_LOOKED_AT = 2000


def of_language(tag: str) -> str:
    """The direction of a language (BCP 47); a script that is named decides.

    >>> of_language("he-IL"), of_language("ku-Arab"), of_language("ar-Latn"), of_language("en")
    ('rtl', 'rtl', 'ltr', 'ltr')
    """
    language, *rest = re.split("[-_]", tag.lower())
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    from_right = _SCRIPTS.fullmatch(script) if script else _LANGUAGES.fullmatch(language)
    return RIGHT if from_right else LEFT


def of_text(text: str) -> str:
    """The direction of most letters of a text; empty where there are none."""
    begins = text[:_LOOKED_AT]
    if not _FROM_RIGHT.search(begins):  # as in most languages
        return LEFT if _LETTER.search(begins) else ""
    letters = "".join(_LETTER.findall(begins))
    from_right = len(_FROM_RIGHT.findall(letters))
    return (RIGHT if 2 * from_right > len(letters) else LEFT) if letters else ""
