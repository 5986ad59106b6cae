"""livereload with our pages: what goes to the browser, and how an open page learns of a build."""

import asyncio
import json
import logging
import re
import socket
from contextlib import suppress
from typing import Any, ClassVar

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import httpserver, httputil, web
from tornado import websocket as web_socket
from tornado.websocket import WebSocketClosedError

from backlist.preview.panel import panel
from backlist.preview.session import Session
from backlist.preview.watcher import Watcher

_BLANK = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Not built yet</title>'
    '<meta name="viewport" content="width=device-width"></head><body></body></html>\n'
)


class _Injector(web.OutputTransform):
    """Puts livereload's script and the panel at the top of every page on its way out."""

    BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
    session: ClassVar[Session]

    def __init__(self, request: httputil.HTTPServerRequest) -> None:
        # A frame is reloaded, and its errors are shown, by the page around it.
        self.framed = request.headers.get("Sec-Fetch-Dest") == "iframe"

    def transform_first_chunk(
        self, status_code: int, headers: httputil.HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, httputil.HTTPHeaders, bytes]:
        whole_page = status_code != 206 and headers.get("Content-Type", "").startswith("text/html")
        if self.framed or not whole_page:
            return status_code, headers, chunk
        shown = self.session
        script = f'<script defer src="/livereload.js?generation={shown.generation}"></script>'
        added = (panel(shown.faults, good=shown.good) + script).encode()
        whole = self.BODY.sub(lambda body: body[0] + added, chunk, count=1)
        if "Content-Length" in headers:
            length = int(headers["Content-Length"]) + len(whole) - len(chunk)
            headers["Content-Length"] = str(length)
        return status_code, headers, whole


def names_of(host: str) -> str:
    """A pattern of the names that a server bound to `host` answers to.

    A page elsewhere can let a name of its own lead to this computer, and would then read drafts
    as if they were its own (DNS rebinding); it cannot do so with an address, or `localhost`.
    A server on every interface answers to every address, and to the names of this computer.
    """
    names = [r"localhost", r"127\.\d+\.\d+\.\d+", r"\[::1\]"]
    if host in ("", "0.0.0.0", "::"):
        here = re.escape(socket.gethostname().lower())
        names += [r"[\d.]+", r"\[[\da-f:.]+\]", here, rf"{here}\.local"]
    else:
        names.append(re.escape(f"[{host}]" if ":" in host else host.lower()))
    return rf"(?:{'|'.join(names)})\.?$"


class _Refused(web.RequestHandler):
    """The answer to a request by a name that is not ours."""

    def prepare(self) -> None:
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        name = self.request.host_name.encode("ascii", "replace").decode()[:200]
        self.finish(
            f"This preview does not answer to the name {name}. Open it as localhost, or start it "
            "by the name you want: backlist serve --host NAME\n"
        )


class _Files(web.StaticFileHandler):
    """The preview folder; the site's own 404 page; before the first good build, its errors."""

    def initialize(self, session: Session) -> None:  # type: ignore[override]
        super().initialize(str(session.out), default_filename="index.html")
        self.session = session

    def prepare(self) -> None:
        if not self.session.good:
            self.set_status(503)
            self.finish(_BLANK)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        try:
            return super().validate_absolute_path(root, absolute_path)
        except (OSError, ValueError):  # a name that no file can have
            raise web.HTTPError(404) from None

    def redirect(self, url: str, permanent: bool = False, status: int | None = None) -> None:
        """To the folder of a page, with what was asked for: `?t=750` names a moment."""
        query = self.request.query
        super().redirect(f"{url}?{query}" if query else url, permanent, status)

    def get_content_type(self) -> str:
        """Every text of a site is UTF-8; browsers take Markdown or captions for older letters."""
        kind = super().get_content_type()
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def set_default_headers(self) -> None:
        # Without it a browser may show an old page for hours, by guessing from its age.
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        """None: nothing is kept, so no file need be hashed."""

    def should_return_304(self) -> bool:
        return False

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        page = self.session.out / "404.html"
        if status_code == 404 and page.is_file():
            self.finish(page.read_bytes())
        else:
            super().write_error(status_code, **kwargs)


class _Script(LiveReloadJSHandler):  # type: ignore[misc]
    """livereload.js, told by the page which generation it shows, and where it really is."""

    PREAMBLE = """\
(() => {
  const script = document.currentScript, { hostname, port, protocol } = window.location;
  const version = new URL(script.src).searchParams.get("generation");
  window.LiveReloadPluginGeneration = class { static identifier = "generation"; };
  window.LiveReloadPluginGeneration.version = version;
  script.src += `&host=${hostname}&port=${port || (protocol === "https:" ? 443 : 80)}`;
})();
"""

    def get(self) -> None:
        self.write(self.PREAMBLE)
        super().get()


class _Browser(LiveReloadHandler):  # type: ignore[misc]
    """An open page. One that connects with an old generation is reloaded at once.

    livereload forgets a change that comes while no page is connected, and a page that is
    just reloading after a first save is not connected: the second save would be lost.
    """

    def initialize(self, session: Session) -> None:
        self.session = session

    def check_origin(self, origin: str) -> bool:
        """Only pages of this server: what others learn of a save is nobody's business."""
        return web_socket.WebSocketHandler.check_origin(self, origin)

    def on_message(self, message: str | bytes) -> None:
        told = _understood(message)
        if told.get("command") not in ("hello", "info"):
            return
        super().on_message(json.dumps(told))
        shown: Any = told
        for name in ("plugins", "generation", "version"):  # an extension of the browser has none
            shown = shown.get(name) if isinstance(shown, dict) else None
        if shown is not None and shown != self.session.generation:
            self.send_message({"command": "reload", "path": "*"})

    def write_message(self, message: str | bytes, binary: bool = False) -> asyncio.Future[None]:
        """Send, unless the page has just been closed: livereload would log that as an error."""

        async def send() -> None:
            with suppress(WebSocketClosedError):
                await super(_Browser, self).write_message(message, binary)

        return asyncio.ensure_future(send())


def _understood(message: str | bytes) -> dict[str, Any]:
    """What a page says; nothing where it makes no sense."""
    try:
        told = json.loads(message)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


class PreviewServer(Server):  # type: ignore[misc]
    """livereload's server on a socket already bound, with our pages and without its chatter."""

    def __init__(self, session: Session, watcher: Watcher, bound: socket.socket, host: str) -> None:
        super().__init__(watcher=watcher)
        self.session = session
        self.bound = bound
        self.host = host

    def application(self, *_: object, live_css: bool, **__: object) -> None:
        """Answer requests, in place of livereload's handlers."""
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, live_css

        class Injector(_Injector):
            session = self.session

        known = {"session": self.session}
        app = web.Application(
            transforms=[Injector],
            log_function=lambda _: None,  # no line per request
            default_handler_class=_Refused,
            websocket_max_message_size=100_000,
        )
        app.add_handlers(
            names_of(self.host),
            [
                (r"/livereload", _Browser, known),
                (r"/livereload.js", _Script),
                (r"/(.*)", _Files, known),
            ],
        )
        httpserver.HTTPServer(app).add_socket(self.bound)

    def _setup_logging(self) -> None:
        for name in ("livereload", "tornado.general"):
            logging.getLogger(name).setLevel(logging.ERROR)
