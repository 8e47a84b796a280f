"""Values that may be mappings: pictures, authors and series."""

from __future__ import annotations

import re
from typing import Any, Final

from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.reading.values import (
    NOTHING,
    ValueRefusedError,
    read_text,
    read_url,
)

#: Other generators say ``url``, ``path`` or ``image`` of the same thing.
_SOURCES: Final = ("src", "url", "path", "image")
_PICTURE_KEYS: Final = (*_SOURCES, "alt", "caption", "credit", "focus")
_NO_PICTURE: Final = NOTHING | {"false", "no", "off", "0"}
_FOCUS: Final = re.compile(r"^\d{1,3}(\.\d+)?% \d{1,3}(\.\d+)?%$")


def read_picture(value: Any) -> dict[str, Any] | None:
    """Read a picture: a path, a URL, a number, or a mapping; ``None`` for none."""
    if isinstance(value, list) and len(value) < 2:
        value = value[0] if value else None
    if isinstance(value, dict):
        return _read_picture_mapping(value)
    if not isinstance(value, str | None):
        message = "it takes one picture: a path, a URL, or a mapping with 'src'"
        raise ValueRefusedError(message, Subtype.IMAGE)
    text = (value or "").strip()
    return {"src": text} if text.lower() not in _NO_PICTURE else None


def read_authors(value: Any) -> list[dict[str, str]]:
    """Read authors: a name or a mapping, or a list of them."""
    items = value if isinstance(value, list) else [value]
    authors: list[dict[str, str]] = []
    refused: list[ValueRefusedError] = []
    for item in items:
        try:
            authors += [author] if (author := _read_author(item)) else []
        except ValueRefusedError as error:
            refused.append(error)
            authors += [error.rest] if isinstance(error.rest, dict) else []
    if refused:
        raise ValueRefusedError(str(refused[0]), rest=authors) from refused[0]
    return authors


def read_series(value: Any) -> dict[str, Any] | None:
    """Read a series: a name, or a mapping with ``name`` and ``part``.

    Hugo has a list of them; a list of one is read.
    """
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        name = read_text(value)
        return {"name": name} if name else None
    name, part = read_text(value.get("name")), read_text(value.get("part"))
    wrong = part and not (part.isdecimal() and len(part) < 10 and int(part) > 0)
    if not name or wrong:
        message = "it takes a name, or a mapping with 'name' and a 'part' from 1"
        raise ValueRefusedError(message, rest={"name": name} if name else None)
    return {"name": name, "part": int(part) if part else None}


def _read_picture_mapping(value: dict[str, Any]) -> dict[str, Any] | None:
    given = {name: value[name] for name in _PICTURE_KEYS if value.get(name) is not None}
    wrong = [name for name in given if isinstance(given[name], list | dict)]
    texts = {n: read_text(item) for n, item in given.items() if n not in wrong}
    source = next((texts[n] for n in _SOURCES if texts.get(n)), "")
    message = ""
    if not source:
        message = "a mapping needs 'src', the path or URL of the picture"
        raise ValueRefusedError(message, Subtype.IMAGE)
    if source.lower() in _NO_PICTURE:
        return None
    picture = {"src": source} | {n: t for n, t in texts.items() if n not in _SOURCES}
    if wrong:
        message = f"{wrong[0]!r} takes a text, not a list or a mapping"
    elif texts.get("focus") and not _FOCUS.match(texts["focus"]):
        message = f"'focus' takes '50% 30%', not {picture.pop('focus')!r}"
    if message:
        raise ValueRefusedError(message, Subtype.IMAGE, rest=picture)
    return picture


def _read_author(item: Any) -> dict[str, str] | None:
    if isinstance(item, dict):
        author = {n: read_text(item.get(n)) for n in ("name", "url")}
        if author["name"]:
            try:
                return {**author, "url": read_url(author["url"])}
            except ValueRefusedError as error:
                rest = {**author, "url": ""}
                raise ValueRefusedError(f"url: {error}", rest=rest) from error
    elif not isinstance(item, list):
        name = read_text(item)
        return {"name": name} if name else None
    message = "it takes names, or mappings with 'name' and, if you like, 'url'"
    raise ValueRefusedError(message)
