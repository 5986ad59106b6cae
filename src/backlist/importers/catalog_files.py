"""The files that a catalogue names: found beside it, read whole, and nowhere else looked for.

Catalogues write paths from the root of the site that published them (`viz/2026/a.html`), and lie
in a folder of it (`viz/catalog.json`) or in a copy of that folder under any name. So a path is
tried as it is, then without its first folder; and from the folder above, if the catalogue's own
is called as the first folder is.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from backlist.importers.draft import Exhibit
from backlist.importers.fetch import LIMIT, STANDARD_INPUT
from backlist.problems import Problems, Where

INDEX = "index.html"


def collect(exhibit: Exhibit, catalogue: str, problems: Problems) -> dict[str, bytes] | None:
    """An exhibit's files by the names they get, `index.html` and `poster.*`; none for a remote one.

    None, with the fault told, where its page cannot be had. A picture that cannot be had is told
    too and left out.
    """
    where = Where(catalogue, exhibit.line)
    roots = () if _is_far(catalogue) else _roots(Path(catalogue).parent, exhibit.page)
    files: dict[str, bytes] = {}
    if exhibit.page:
        page = _find(exhibit.page, roots, f"the page of `{exhibit.id}`", where, problems)
        if page is None:
            return None
        if b"<" not in page:
            what = f"the page of `{exhibit.id}` is no HTML; the entry is left out"
            problems.warning(where, what, f"look what {exhibit.page} is, and get it again")
            return None
        files[INDEX] = page
    if exhibit.image:
        what = f"the image of `{exhibit.id}`"
        image = _find(exhibit.image, roots, what, where, problems, needed=False)
        if image:
            files["poster" + PurePosixPath(exhibit.image).suffix.lower()] = image
    return files


def _is_far(catalogue: str) -> bool:
    """Whether nothing can lie beside a catalogue, because it came through a wire."""
    return "://" in catalogue or catalogue == STANDARD_INPUT


def _find(
    path: str,
    roots: Sequence[Path],
    name: str,
    where: Where,
    problems: Problems,
    *,
    needed: bool = True,
) -> bytes | None:
    """The bytes of a file, or None with the fault told: a warning if it was needed."""
    tell = problems.warning if needed else problems.notice
    end = "the entry is left out" if needed else "it comes without"
    if not roots:
        remedy = "save the catalogue and its files in one folder, and import that catalogue"
        tell(where, f"{name} is not fetched: {path}; {end}", remedy)
        return None
    for root, file in _places(path, roots):
        if not _is_there(file):
            continue
        if not file.resolve().is_relative_to(root.resolve()):
            problems.warning(
                where,
                f"{name} is a link out of the catalogue's folder: {path}; {end}",
                "put the file itself there",
            )
            return None
        return _read(file, name, end, where, problems)
    tell(
        where,
        f"{name} is not there: {path}; {end}",
        f"put it at {roots[0] / path}, as the catalogue says, and import again",
    )
    return None


def _roots(folder: Path, page: str) -> tuple[Path, ...]:
    """The folders that paths may begin in: the catalogue's own, and perhaps the one above it."""
    own = folder.resolve()
    return (folder, own.parent) if own.name == page.partition("/")[0] else (folder,)


def _places(path: str, roots: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Where a file may lie, each place after the folder it may not leave."""
    yield roots[0], roots[0] / path
    rest = path.partition("/")[2]
    if rest:
        yield roots[0], roots[0] / rest
    yield from ((root, root / path) for root in roots[1:])


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        # A name longer than the disk's names may be.
        return False


def _read(file: Path, name: str, end: str, where: Where, problems: Problems) -> bytes | None:
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        what = f"{name} cannot be read: {error.strerror}; {end}"
        problems.warning(where, what, f"check the permissions of {file}")
        return None
    if len(data) > LIMIT:
        what = f"{name} is larger than {LIMIT // (1024 * 1024)} MiB; {end}"
        problems.warning(where, what, "make it smaller: no reader would wait for it")
        return None
    if not data:
        problems.warning(where, f"{name} is empty; {end}", f"get {file} again")
        return None
    return data
