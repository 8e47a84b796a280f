"""A small web server that sends texts compressed, as those on the web do."""

from __future__ import annotations

import gzip
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    #: Changes the HTML of a page on its way.
    Spoil = Callable[[str], str]

_TEXTS: Final = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(
        self, *args: Any, delay: float, spoil: Spoil | None, **keywords: Any
    ) -> None:
        self._delay = delay
        self._spoil = spoil
        super().__init__(*args, **keywords)

    def do_GET(self) -> None:
        """Send a file: one of text compressed, a picture after a while."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        if self.path.startswith("/_images/"):
            time.sleep(self._delay)
        content = path.read_bytes()
        if self._spoil and path.suffix == ".html":
            content = self._spoil(content.decode()).encode()
        is_text = path.suffix in _TEXTS
        if is_text:
            content = gzip.compress(content, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self._name_type(path))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def _name_type(self, path: Path) -> str:
        media_type = self.guess_type(str(path))
        is_text = media_type.startswith("text/")
        return f"{media_type}; charset=utf-8" if is_text else media_type

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of a page that was left before all of it had come."""


@contextmanager
def serve(
    folder: Path, *, delay: float = 0, spoil: Spoil | None = None
) -> Iterator[str]:
    """Serve a folder, and give its address.

    :param delay: seconds that each picture takes longer.
    :param spoil: changes the HTML of every page on its way.
    """
    handler = partial(_Handler, directory=str(folder), delay=delay, spoil=spoil)
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
