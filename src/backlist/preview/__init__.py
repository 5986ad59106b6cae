"""The site with its drafts in a browser that follows every save; nothing here is published.

`serve` puts the parts together: a `watcher` notices that the site's files have changed and
come to rest, the `session` builds them, and the `server` (livereload) hands out the result
and tells the open pages. An error leaves the last good site standing and lies on top of every
page as a `panel`; it is put there on the way out, never into a file.
"""

import asyncio
import errno
import logging
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from backlist import content, theme
from backlist.load import INPUTS, load
from backlist.preview.server import PreviewServer
from backlist.preview.session import Session
from backlist.preview.watcher import Watcher
from backlist.problems import BacklistError, Problems, Where


def serve(root: Path, host: str, port: int, say: Callable[[str], object]) -> None:
    """Serve the site in folder `root`, drafts and all, until Ctrl-C or SIGTERM.

    Raises `BacklistError` when `root` is no site or the address cannot be served.
    """
    if not (root / content.SITE).is_file():
        # A preview waits for errors to be fixed, but not for a site in the wrong folder.
        load(root, Problems())
    # A shell that starts us in the background has SIGINT ignored; a supervisor sends SIGTERM.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        bound = bind(host, port)
        address = address_of(host, bound.getsockname()[1])
        session = Session(root, address, say)
        watcher = Watcher(
            inputs(root), session.rebuild, session.follow, session.lost, session.show_first
        )
        session.rebuild()
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        _end_with(loop)
        say(f"serving {address} with drafts; Ctrl-C ends it")
        PreviewServer(session, watcher, bound, host).serve(host=host, live_css=False)
    except KeyboardInterrupt:
        # Before the loop runs it may strike anywhere: files are written whole all the same.
        pass
    say("\npreview ended")


def _end_with(loop: asyncio.AbstractEventLoop) -> None:
    """Let the signals stop the loop between two steps; livereload then closes it.

    Windows has no signal handlers in the loop (asyncio, "Platform Support"): there the interrupt
    stays, which livereload catches.
    """
    if os.name == "nt":
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, loop)


def _stop(loop: asyncio.AbstractEventLoop) -> None:
    # Pages still connected leave tasks behind; that is no error to report at the end.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop.stop()


def inputs(root: Path) -> list[Path]:
    """Every place a build of `root` reads: the site's own, and the shipped theme if elsewhere."""
    shipped = theme.shipped_folder()
    places = [root / name for name in INPUTS]
    if shipped.resolve() != root.resolve():
        places += [shipped / theme.TEMPLATES, shipped / theme.STATIC]
    return places


def bind(host: str, port: int) -> socket.socket:
    """Take the port before any work is done. Raises `BacklistError` when it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound = socket.create_server((host, port), family=family)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is taken by another program" if taken else f"cannot be served: {error.strerror}"
        raise BacklistError(
            Where(f"{host}:{port}"),
            why,
            "stop the other server, or choose another port: `--port N` (0 finds a free one)"
            if taken
            else "choose another: `--host ADDRESS` and `--port N`",
        ) from error
    bound.setblocking(False)
    return bound


def address_of(host: str, port: int) -> str:
    """The address a person opens; a server on every interface is reached as localhost.

    >>> address_of("127.0.0.1", 8000), address_of("::1", 80)
    ('http://127.0.0.1:8000/', 'http://[::1]:80/')
    """
    name = "localhost" if host in ("", "0.0.0.0", "::") else host
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
