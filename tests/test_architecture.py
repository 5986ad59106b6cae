"""Imports go one way, a third-party package has one owner, and lists are complete."""

import ast
from collections.abc import Iterator
from pathlib import Path

import backlist
from backlist import check, extras, importers, render

SOURCE = Path(backlist.__file__).parent
MODULES = {
    path.relative_to(SOURCE).with_suffix("").as_posix(): path for path in SOURCE.rglob("*.py")
}

# A room may import rooms above it in this list, and its own.
LAYERS = [
    "problems files",
    "memo urls",
    "scalars",
    "model",
    "content prose markdown outputs transcript",
    "charts",
    "archive theme scaffold sound",
    "embedding chapters",
    "load",
    "resolve",
    "relate",
    "citing covers finding",
    "pictures",
    "render importers",
    "extras",
    "ledger",
    "check write",
    "online",
    "build adoption",
    "posters preview",
    "cli",
    "__main__",
]
LEVEL = {room: number for number, rooms in enumerate(LAYERS) for room in rooms.split()}

OWNERS = {
    "yaml": {"content"},
    "pydantic": {"scalars", "model", "content"},
    "pydantic_core": {"scalars", "model", "content"},
    "numpy": {"relate"},
    "slugify": {"urls"},
    "markdown_it": {"prose"},
    "mdit_py_plugins": {"prose"},
    "jinja2": {"theme"},
    "markupsafe": {"render", "extras"},
    "vl_convert": {"charts"},
    "altair": {"charts"},
    "jsonschema": {"charts"},
    "fontpkg": {"pictures"},
    "PIL": {"pictures"},
    "feedgen": {"render"},
    "lxml": {"chapters", "render", "check", "importers"},
    "mutagen": {"sound"},
    "pagefind": {"finding"},
    "tinycss2": {"embedding"},
    "webencodings": {"embedding"},
    "markdownify": {"importers"},
    "nh3": {"importers"},
    "livereload": {"preview"},
    "tornado": {"preview"},
    "click": {"cli"},
}


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, `from backlist import x` as `backlist.x`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "backlist":
                yield from (f"backlist.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_every_room_has_its_place_in_the_layers() -> None:
    rooms = {name.split("/")[0] for name in MODULES} - {"__init__"}

    assert rooms == set(LEVEL)


def test_imports_go_one_way() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, path in MODULES.items()
        for target in imports(path)
        if target.startswith("backlist.") and name != "__init__"
        for here, there in [(name.split("/")[0], target.split(".")[1])]
        if there != "__version__" and here != there and LEVEL[there] >= LEVEL[here]
    ]

    assert wrong == []


def test_a_third_party_package_has_one_owner() -> None:
    foreign = {
        (target.split(".")[0], name.split("/")[0])
        for name, path in MODULES.items()
        for target in imports(path)
        if target.split(".")[0] in OWNERS
    }

    assert {(package, room) for package, room in foreign if room not in OWNERS[package]} == set()


def test_addresses_are_split_in_one_room() -> None:
    """`urllib` raises on what feeds call addresses; `urls.split` and `urls.join` never do."""
    raising = {"urlsplit", "urlparse", "urljoin"}
    found = {
        room
        for room, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and raising & {alias.name for alias in node.names}
    }

    assert found == {"urls"}


def test_only_the_cli_prints() -> None:
    printing = [
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]

    assert printing == []


def test_every_maker_and_check_is_in_its_list() -> None:
    lists = ((render, render.MAKERS), (extras, extras.MAKERS), (check, check.CHECKS))
    for package, members in lists:
        folder = Path(str(package.__file__)).parent
        verb = "check" if package is check else "make"
        having = {
            f"{package.__name__}.{path.parent.name if path.parent != folder else path.stem}"
            for path in (*folder.glob("*.py"), *folder.glob("*/__init__.py"))
            if path != folder / "__init__.py" and f"\ndef {verb}(" in path.read_text("utf-8")
        }

        assert {member.__module__ for member in members} == having


def test_every_importer_is_in_its_list() -> None:
    folder = Path(str(importers.__file__)).parent
    having = sum(path.read_text("utf-8").count(" = Importer(") for path in folder.glob("*.py"))

    assert len(importers.IMPORTERS) == having
