"""Episodes in JSON (RFC 8259), as a program gives them: one, a list, or `{"episodes": […]}`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from backlist import content
from backlist.content import Document
from backlist.content.documents import Key
from backlist.model.given import GivenEpisode
from backlist.problems import Problems, Where


@dataclass(frozen=True, slots=True)
class Given:
    """One episode, and where it and its values stand."""

    episode: GivenEpisode
    document: Document

    @property
    def where(self) -> Where:
        """The place of the whole."""
        return self.document.where()


def read_given(text: str, name: str, problems: Problems) -> list[Given]:
    """The episodes in a JSON text; every error is reported at its line in it."""
    if content.parse_json(text, name, problems) is None:
        if not problems.stop():
            problems.error(Where(name, 1), "holds no episode", _SHAPE)
        return []
    # As a value of its own, so that a list can be read as well; the lines stay what they are.
    whole = content.locate_json(f'{{"all":{text}}}', name, problems)
    if whole is None:
        return []
    found = [*_episodes(whole, problems)]
    for item in found:
        _tell_lost_keys(item, problems)
    read = [(content.read(GivenEpisode, item, problems), item) for item in found]
    return [Given(episode, item) for episode, item in read if episode is not None]


_SHAPE = "give one episode, `{…}`, or several, `[{…}, {…}]`: `backlist schema add` says how"


def _episodes(whole: Document, problems: Problems) -> Iterator[Document]:
    """Each episode as a document of its own."""
    said: Any = whole.data["all"]
    key: Key = ("all",)
    if isinstance(said, dict) and isinstance(said.get("episodes"), list):
        for other in said.keys() - {"episodes"}:
            hint = "beside `episodes` there can be nothing"
            problems.error(whole.where("all", other), f"unknown key `{other}`", hint)
        said, key = said["episodes"], ("all", "episodes")
    listed: Sequence[Any] = said if isinstance(said, list) else [said]
    places = [(*key, index) for index in range(len(listed))] if isinstance(said, list) else [key]
    lines: dict[Key, dict[Key, int]] = {place: {} for place in places}
    deep = len(places[0]) if places else 0
    for one, line in whole.lines.items():
        if one[:deep] in lines:
            lines[one[:deep]][one[deep:]] = line
    for place, item in zip(places, listed, strict=True):
        if isinstance(item, dict):
            yield Document(whole.file, item, lines[place])
        else:
            problems.error(whole.where(*place), "is not an episode", _SHAPE)


def _tell_lost_keys(item: Document, problems: Problems) -> None:
    """A key that is null and not known: a record would pass over it, a program has to know."""
    for key, value in item.data.items():
        if value is None and key not in GivenEpisode.model_fields:
            hint = "`backlist docs episode` lists the keys; those of your own go under `extra`"
            problems.error(item.where(key), f"unknown key `{key}`", hint)
