"""Imports go one way, a third-party package has one owner, and lists are complete."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import backlist
from backlist import check, importers, outputs

SOURCE = Path(backlist.__file__).parent
MODULES = {
    path.relative_to(SOURCE).with_suffix("").as_posix(): path for path in SOURCE.rglob("*.py")
}

# A room may import rooms above it in this list, and its own.
LAYERS = [
    "problems cache cache/cores cache/packed cache/stamp cache/keys commands feed feed/vocabulary",
    "files urls",
    "cache/store http model files/output pictures theme/styles",
    "content parse/features locale feed/reader feed/rules",
    "theme",
    "commands/create_site parse extras/visualizations",
    "load importers",
    "resolve commands/mirror",
    "relate feed/assign_guid commands/create_episode",
    "pages/citations commands/suggest_topics",
    "feed/writer extras/cover_art pages/passages",
    "feed/lock commands/lookup pages",
    "extras write",
    "outputs",
    "check",
    "build feed/probe commands/export commands/mcp_server",
    "commands/follow preview",
    "cli",
    "__main__",
]
LEVEL = {room: number for number, rooms in enumerate(LAYERS) for room in rooms.split()}

OWNERS = {
    "yaml": {"content"},
    "pydantic": {"model", "content"},
    "pydantic_core": {"model", "content"},
    "numpy": {"relate"},
    "dateutil": {"feed/reader"},
    "idna": {"urls"},
    "slugify": {"urls"},
    "rjieba": {"commands/suggest_topics"},
    "stopwordsiso": {"commands/suggest_topics"},
    "babel": {"locale"},
    "pyuca": {"locale"},
    "markdown_it": {"parse"},
    "mdit_py_plugins": {"parse"},
    "jinja2": {"theme"},
    "markupsafe": {"extras", "feed/writer", "pages", "parse", "theme"},
    "httpx": {"http"},
    "vl_convert": {"extras/visualizations"},
    "altair": {"extras/visualizations"},
    "jsonschema": {"extras/visualizations"},
    "fontpkg": {"extras"},
    "PIL": {"extras", "pictures"},
    "filelock": {"commands/mirror", "write"},
    "feedgen": {"feed/writer"},
    "lxml": {
        "check",
        "feed/reader",
        "feed/rules",
        "feed/writer",
        "importers",
        "commands/lookup",
        "commands/mcp_server",
        "parse",
        "extras/visualizations",
    },
    "mutagen": {"parse"},
    "pylatexenc": {"commands/lookup"},
    "rapidfuzz": {"commands/lookup"},
    "pagefind": {"outputs"},
    "tinycss2": {"extras/visualizations"},
    "webencodings": {"extras/visualizations"},
    "markdownify": {"importers"},
    "nh3": {"importers", "parse"},
    "livereload": {"preview"},
    "tornado": {"preview"},
    "click": {"cli"},
    "bagit": {"commands/export"},
    "boto3": {"commands/mirror"},
    "botocore": {"commands/mirror"},
    "internetarchive": {"commands/mirror"},
    "requests": {"commands/mirror"},
    "mcp": {"commands/mcp_server"},
}
"""Who may import a third-party package: one room, or those through whose hands its values go."""


def room_of(name: str) -> str:
    """The room a module belongs to, named from `backlist/` on."""
    first, _, rest = name.replace(".", "/").partition("/")
    inner = f"{first}/{rest.partition('/')[0]}"
    return inner if inner in LEVEL else first


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, `from backlist.x import y` as `backlist.x.y`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.split(".")[0] == "backlist":
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_every_room_has_its_place_in_the_layers() -> None:
    rooms = {room_of(name) for name in MODULES} - {"__init__"}

    assert rooms == set(LEVEL)


def test_imports_go_one_way() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, path in MODULES.items()
        for target in imports(path)
        if target.startswith("backlist.") and name != "__init__"
        for here, there in [(room_of(name), room_of(target.removeprefix("backlist.")))]
        if there != "__version__" and here != there and LEVEL[there] >= LEVEL[here]
    ]

    assert wrong == []


def test_a_third_party_package_is_imported_by_its_owner_alone() -> None:
    foreign = {
        (package, room_of(name))
        for name, path in MODULES.items()
        for target in imports(path)
        for package in [target.split(".")[0]]
        if package != "backlist" and package not in sys.stdlib_module_names
    }
    owned = {(package, room) for package, rooms in OWNERS.items() for room in rooms}

    assert foreign == owned


def test_addresses_are_split_in_one_room() -> None:
    """`urllib` raises on what feeds call addresses; `urls.split` and `urls.join` never do."""
    raising = {"urlsplit", "urlparse", "urljoin"}
    found = {
        room
        for room, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and raising & {alias.name for alias in node.names}
    }

    assert found == {"urls/addresses"}


def test_only_the_cli_prints() -> None:
    printing = [
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]

    assert printing == []


def test_every_maker_is_in_the_list() -> None:
    having = {
        name.removesuffix("/__init__")
        for name, path in MODULES.items()
        if "\ndef make(site: SiteContext)" in path.read_text("utf-8")
    }
    listed = (make.__module__.removeprefix("backlist.") for make in outputs.MAKERS)

    assert having == {name.replace(".", "/") for name in listed}


def test_every_check_is_in_the_list() -> None:
    folder = Path(str(check.__file__)).parent
    having = {
        f"{check.__name__}.{path.parent.name if path.parent != folder else path.stem}"
        for path in (*folder.glob("*.py"), *folder.glob("*/__init__.py"))
        if path != folder / "__init__.py" and "\ndef check(" in path.read_text("utf-8")
    }

    # Links are checked from facts of pages, which the others have no use for.
    assert {member.__module__ for member in check.CHECKS} | {"backlist.check.links"} == having


def test_every_importer_is_in_its_list() -> None:
    folder = Path(str(importers.__file__)).parent
    having = sum(path.read_text("utf-8").count(" = Importer(") for path in folder.glob("*.py"))

    assert len(importers.IMPORTERS) == having
