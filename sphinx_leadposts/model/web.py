"""Addresses on the web: which are the same, and which are this site's own."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.parse import SplitResult

_SCHEMES: Final = ("http://", "https://")
#: What counts visitors names no other page.
_TRACKING: Final = ("utm_", "fbclid", "gclid")
#: How a part of a host begins that is spelled in ASCII only.
_ENCODED: Final = "xn--"
_PAGE_SUFFIXES: Final = (".html", ".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A host, and the folder below which all pages are of one site.

    ``host`` is in lower case and in its own letters, without ``www.``, with its port
    where it has one; ``path`` is decoded, and begins and ends with a slash.
    """

    host: str
    path: str = "/"


def is_web_address(text: str) -> bool:
    """Tell whether ``text`` is a URL of the web."""
    return text.lower().startswith(_SCHEMES)


def read_base_url(text: str) -> str:
    """Return ``text``, the address of a site, with a slash at its end.

    Empty where it is no URL of the web. What stands behind ``?`` or ``#`` is dropped.
    """
    parts = _split(text.strip()) if is_web_address(text.strip()) else None
    if parts is None:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def parse_domain(text: str) -> Domain | None:
    """Return the domain that ``text`` names, as a URL or as ``example.org/docs``.

    ``None`` where it names none.
    """
    parts = _split(text if "://" in text else f"https://{text}")
    if parts is None:
        return None
    path = unquote(parts.path).strip("/")
    return Domain(host=_name_host(parts), path=f"/{path}/" if path else "/")


def find_own_path(url: str, domains: Iterable[Domain]) -> tuple[str, str] | None:
    """Return path and anchor of ``url`` below the first domain that it is of.

    The path is decoded, and without slashes around it, ``index.html`` and ``.html``:
    empty for the first page of the site. ``None`` for a URL of another site.
    """
    parts = _split(url) if is_web_address(url) else None
    if parts is None:
        return None
    host = _name_host(parts)
    path = f"{unquote(parts.path)}/"
    for domain in domains:
        if host == domain.host and path.startswith(domain.path):
            return _strip_name(path.removeprefix(domain.path)), parts.fragment
    return None


def strip_page(path: str) -> str:
    """Return ``path`` decoded, without what only a web server needs of it."""
    return _strip_name(unquote(path))


def _strip_name(path: str) -> str:
    name = path.strip("/")
    for suffix in _PAGE_SUFFIXES:
        name = name.removesuffix(suffix)
    return "" if name == "index" else name.removesuffix("/index")


# Most posts link to the same few pages, and each is asked for many times.
@functools.lru_cache(maxsize=4096)
def normalize_url(url: str) -> str:
    """Return what ``url`` has in common with other spellings of the same address.

    Scheme, ``www.``, last slash, ``index.html``, anchor, and parameters that only
    count visitors make no other address. The result is to be compared, not to be
    followed.
    """
    parts = _split(url)
    if parts is None:
        return url
    query = urlencode(
        [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not name.startswith(_TRACKING)
        ],
        errors="surrogatepass",
    )
    # Encoded, so that a question mark in a name does not begin parameters.
    path = quote(strip_page(parts.path), errors="surrogatepass")
    return f"{_name_host(parts)}/{path}{'?' if query else ''}{query}"


def _split(url: str) -> SplitResult | None:
    """Return the parts of ``url``, ``None`` where it names no host."""
    try:
        parts = urlsplit(url)
        # Read here, since a port that is no number is found only when it is asked for.
        _ = parts.port
    except ValueError:
        return None
    return parts if _strip_host(parts) else None


def _name_host(parts: SplitResult) -> str:
    host = ".".join(_decode_label(label) for label in _strip_host(parts).split("."))
    if ":" in host:
        host = f"[{host}]"
    return host if parts.port in {None, 80, 443} else f"{host}:{parts.port}"


def _strip_host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.").strip(".")


def _decode_label(label: str) -> str:
    """Return a part of a host in its own letters, which MyST encodes in links."""
    if not label.startswith(_ENCODED):
        return label
    try:
        decoded = label.removeprefix(_ENCODED).encode().decode("punycode")
    except UnicodeError:
        return label
    return decoded.lower() or label
