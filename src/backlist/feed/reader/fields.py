"""The children of an item or a channel, asked for by name, and the small records they make."""

from collections.abc import Iterator
from typing import Any, TypeVar

from backlist import urls
from backlist.feed.reader import xml
from backlist.feed.reader.text import clean, collapse, shorten
from backlist.feed.vocabulary import ITUNES, PODCAST
from backlist.model import License, Location, Person, Record
from backlist.problems import Problems, Where

R = TypeVar("R", bound=Record)

_MOST = 300
"""Characters of a message: what a feed says may be of any length."""

_EXPLICIT = {
    **dict.fromkeys(("true", "yes", "explicit", "1"), True),
    **dict.fromkeys(("false", "no", "clean", "0", "none", "off"), False),
}


class Fields:
    """The children of an element; what cannot be read is reported at its place."""

    _reading: Any = None

    def __init__(self, element: Any, where: Where, problems: Problems) -> None:
        self.element, self.found = element, xml.children(element)
        self.where, self.problems = where, problems
        self.unread: list[Any] = []
        """Elements that no key can take, although their name has one."""

    def warn(self, message: str, hint: str = "") -> None:
        """Report something a reader or subscriber will notice."""
        self.problems.warning(self.where, shorten(message, _MOST), hint)

    def info(self, message: str, hint: str = "") -> None:
        """Report a fact worth knowing."""
        self.problems.info(self.where, shorten(message, _MOST), hint)

    def all(self, local: str, space: str = "") -> list[Any]:
        """Every child of that name."""
        return self.found.get((space, local), [])

    def text(self, local: str, space: str = "") -> str:
        """The first non-empty text of that name, stripped; empty when there is none."""
        texts = (xml.text_of(element).strip() for element in self.all(local, space))
        return next(filter(None, texts), "")

    def line(self, local: str, space: str = "") -> str:
        """The first text of that name on one line, entities decoded, control characters gone."""
        return self.one_line(self.text(local, space))

    def attribute(self, local: str, name: str, space: str = "") -> str:
        """The first non-empty value of an attribute, stripped."""
        values = (xml.attributes(e).get(name, "").strip() for e in self.all(local, space))
        return next(filter(None, values), "")

    def each(self, local: str, space: str = PODCAST) -> Iterator[tuple[str, dict[str, str]]]:
        """The words and attributes of every child of that name, stripped."""
        for element in self.all(local, space):
            self._reading = element
            values = {name: value.strip() for name, value in xml.attributes(element).items()}
            yield self.one_line(xml.text_of(element)), values

    def one_line(self, words: str) -> str:
        """Words on one line, entities decoded, control characters gone."""
        return collapse(urls.decode_entities(clean(words, self.where, self.problems)))

    def image(self) -> str | None:
        """The cover: of iTunes (also where it stands as text), else of the podcast namespace."""
        said = (
            self.attribute("image", "href", ITUNES),
            self.text("image", ITUNES),
            self.attribute("image", "href", PODCAST),
        )
        found = next(filter(None, map(address, said)), None)
        wrong = next(filter(None, said), "")
        if wrong and found is None:
            self.warn(f'the image is not a web address: "{shorten(wrong)}"', "write `image:`")
        return found

    def explicit(self) -> bool | None:
        """Whether it is marked explicit; None where nothing readable is said."""
        said = self.text("explicit", ITUNES).lower()
        if said and said not in _EXPLICIT:
            self.warn(f'explicit is neither yes nor no: "{said}"', "ignored")
        return _EXPLICIT.get(said)

    def yes(self, local: str, space: str) -> bool | None:
        """What a `yes` or `no` says, None where there is neither."""
        return {"yes": True, "true": True, "no": False, "false": False}.get(
            self.text(local, space).lower()
        )

    def make(self, kind: type[R], noun: str, **values: Any) -> R | None:
        """A small record of the element `each` is at; None where that is not sound.

        Then the element is `unread`, and goes out again as it came.
        """
        known = {name: value for name, value in values.items() if value not in (None, "")}
        try:
            return kind.model_validate(known)
        except ValueError:
            self.leave_unread()
            self.info(
                f"a `{noun}` is not as its specification says; kept as it came",
                "it stands in `feed_elements` and goes out with the feed: correct it there",
            )
            return None

    def leave_unread(self) -> None:
        """Note that no key can take the element `each` is at."""
        self.unread.append(self._reading)

    def people(self) -> tuple[Person, ...]:
        """Everybody credited (podcast namespace, `person`), each once."""
        found = []
        for words, said in self.each("person"):
            group = said.get("group", "").lower()
            person = self.make(
                Person,
                "podcast:person",
                name=words or said.get("name"),
                role=said.get("role", "").lower(),
                group=None if group == "cast" else group,
                url=address(said.get("href", "")),
                image=address(said.get("img", "")),
            )
            found += [person] if person and person not in found else []
        return tuple(found)

    def license(self) -> License | None:
        """The terms of use (podcast namespace, `license`)."""
        for words, said in self.each("license"):
            self.unread += self.all("license", PODCAST)[1:]
            url = address(said.get("url", ""))
            return self.make(License, "podcast:license", name=words or url, url=url)
        return None

    def location(self) -> Location | None:
        """The place it is about (podcast namespace, `location`)."""
        for words, said in self.each("location"):
            self.unread += self.all("location", PODCAST)[1:]
            name = words or said.get("geo") or said.get("osm")
            return self.make(
                Location,
                "podcast:location",
                name=name,
                **{key: said.get(key) for key in ("geo", "osm", "rel", "country")},
            )
        return None


def address(said: str) -> str | None:
    """A web address, or None when the text is none."""
    said = said.strip()
    return said if urls.is_address(said) else None


def find_categories(element: Any, parent: str = "") -> list[tuple[str, Any]]:
    """Apple's categories of a channel with their elements, a subcategory as `Parent > Child`."""
    found = []
    for category in xml.children(element).get((ITUNES, "category"), ()):
        said = xml.attributes(category).get("text", "") or (category.text or "")
        name = collapse(urls.decode_entities(said))
        below = find_categories(category, name)
        own = f"{parent} > {name}" if parent else name
        found += below or ([(own, category)] if name else [])
    return found
