"""Plain values: from their spelling to their type, by what they mean.

Those that may be mappings are in :mod:`.compounds`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.reading.dates import DateError, parse_moment

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

_TRUE: Final = frozenset({"true", "yes", "on", "1", "y"})
_FALSE: Final = frozenset({"false", "no", "off", "0", "n"})
#: What generators write where there is nothing to write.
NOTHING: Final = frozenset({"", "none", "null", "nil", "~", "n/a"})
#: How what is said of a flag ends that holds a post back since it cannot be read.
HELD_BACK: Final = "the post is held back"
#: Seen in tags copied from word processors; nobody means them.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
#: A scheme as in RFC 3986, 3.1, of more than the one letter of a drive.
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]+:", re.IGNORECASE)


class ValueRefusedError(ValueError):
    """A value that its key cannot take; the message says what it takes.

    ``rest`` is what of the value can be taken, or what to take in its place, ``None``
    for nothing.
    """

    def __init__(
        self,
        message: str,
        subtype: Subtype = Subtype.FRONT_MATTER,
        rest: list[Any] | dict[str, Any] | str | None = None,
    ) -> None:
        super().__init__(message)
        self.subtype = subtype
        self.rest = rest


def read_text(value: Any) -> str:
    """Read a text, as one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.translate(_INVISIBLE).split())
    message = "it takes a text, not a list or a mapping"
    raise ValueRefusedError(message)


def read_flag(value: Any) -> bool | None:
    """Read yes or no; ``None`` where nothing is said."""
    word = value.strip().lower() if isinstance(value, str) else value
    if word is None or (isinstance(word, str) and word in NOTHING):
        return None
    if isinstance(word, str) and word in _TRUE | _FALSE:
        return word in _TRUE
    message = f"it takes 'true' or 'false', not {_name_value(value)}"
    raise ValueRefusedError(message)


def read_draft(value: Any) -> bool | None:
    """Read whether a post is held back.

    It is where that cannot be read: what is published by mistake cannot be taken back.
    """
    try:
        return read_flag(value)
    except ValueRefusedError as error:
        raise ValueRefusedError(f"{error}; {HELD_BACK}", rest="true") from error


def read_published(value: Any, zone: tzinfo) -> bool | datetime | None:
    """Read whether a post is published, or, as themes of Astro have it, when.

    What is neither holds it back, as in :func:`read_draft`.
    """
    try:
        return read_flag(value)
    except ValueRefusedError as error:
        with suppress(DateError):
            if isinstance(value, str):
                return parse_moment(value, zone)
        raise ValueRefusedError(f"{error}; {HELD_BACK}", rest="false") from error


def read_rank(value: Any) -> int | None:
    """Read ``true`` (rank 1), ``false``, or a rank."""
    # No more digits than int() takes, nor than any rank has.
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
        return int(value) or None
    try:
        return 1 if read_flag(value) else None
    except ValueRefusedError as error:
        message = f"it takes 'true', 'false' or a rank from 1, not {_name_value(value)}"
        raise ValueRefusedError(message) from error


def read_names(value: Any) -> tuple[str, ...]:
    """Read a list of names, or one text with commas."""
    items = value.split(",") if isinstance(value, str) else value
    return _read_list(items)


def read_whole_names(value: Any) -> tuple[str, ...]:
    """Read a list of names, or one name, which may hold commas."""
    return _read_list([value] if isinstance(value, str) else value)


def read_moment(value: Any, zone: tzinfo) -> datetime | None:
    """Read a date, in ``zone`` where it names none."""
    if value is None or (isinstance(value, str) and value.strip().lower() in NOTHING):
        return None
    if not isinstance(value, str):
        message = "it takes one date, written as YYYY-MM-DD"
        raise ValueRefusedError(message, Subtype.DATE)
    try:
        return parse_moment(value, zone)
    except DateError as error:
        raise ValueRefusedError(str(error), Subtype.DATE) from error


def read_url(value: Any) -> str:
    """Read a URL of the web; no other scheme is taken, least of all ``javascript:``."""
    text = read_text(value)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        message = f"it takes a URL that begins with https://, not {text[:80]!r}"
        raise ValueRefusedError(message)
    return text


def read_target(value: Any) -> str:
    """Read the name of a page: a guide, a document, or a URL of the web.

    A URL of another scheme (``javascript:``, ``data:``) is refused.
    """
    text = read_text(value)
    scheme = _SCHEME.match(text)
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        message = (
            "it takes the key of a guide, the path of a document without its suffix, "
            f"or a URL that begins with https://, not {text[:80]!r}"
        )
        raise ValueRefusedError(message, Subtype.GUIDE)
    return text


def read_targets(value: Any) -> tuple[str, ...]:
    """Read a list of names of pages, or one."""
    names = read_whole_names(value)
    kept, refused = [], []
    for name in names:
        try:
            kept.append(read_target(name))
        except ValueRefusedError as error:
            refused.append(error)
    if refused:
        raise ValueRefusedError(str(refused[0]), Subtype.GUIDE, rest=kept)
    return tuple(kept)


def read_buttons(value: Any) -> tuple[str, ...]:
    """Read one or two buttons: each a name, or a text with ``<name>`` behind it."""
    buttons = read_whole_names(value)
    for button in buttons:
        read_target(button.rpartition("<")[2].removesuffix(">"))
    if not 0 < len(buttons) < 3:
        message = "it takes one button or two, such as 'Read the guide <my-guide>'"
        raise ValueRefusedError(message)
    return buttons


def read_path_or_false(value: Any) -> str | bool:
    """Read a path, or ``false``."""
    text = read_text(value)
    if text.lower() in {"true", "yes", "on"}:
        message = f"it takes a path, or 'false', not {text!r}"
        raise ValueRefusedError(message)
    return False if text.lower() in {"false", "no", "off"} else text


def read_text_or_count(value: Any) -> str | int:
    """Read a text, or a count of paragraphs."""
    text = read_text(value)
    return int(text) if text.isdecimal() and len(text) < 4 else text


def _name_value(value: Any) -> str:
    return repr(value[:80]) if isinstance(value, str) else "a list or a mapping"


def _read_list(items: Any) -> tuple[str, ...]:
    if items is None:
        return ()
    message = "it takes a list of names, one level deep"
    if not isinstance(items, list):
        raise ValueRefusedError(message)
    plain = [item for item in items if not isinstance(item, list | dict)]
    if len(plain) < len(items):
        raise ValueRefusedError(message, rest=plain)
    names = (read_text(item) for item in items)
    return tuple(dict.fromkeys(name for name in names if name))
