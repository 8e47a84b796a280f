"""Checks of values in ``conf.py``: each says in words what is wrong with a value.

``None`` where nothing is. Values from the command line arrive as texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from sphinx_leadposts.imaging.encoders import ENCODERS
from sphinx_leadposts.model.web import parse_domain
from sphinx_leadposts.reading.dates import load_zone

YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"", "0", "false", "no", "off"})

#: Says in words what is wrong with a value, or ``None`` where nothing is.
Check = Callable[[Any], str | None]


def check_texts(value: Any) -> str | None:
    """Allow a list of texts."""
    if isinstance(value, list | tuple) and all(isinstance(i, str) for i in value):
        return None
    return "a list of texts is needed"


def check_text(value: Any) -> str | None:
    """Allow a text."""
    return None if isinstance(value, str) else "a text is needed"


def check_flag(value: Any) -> str | None:
    """Allow yes and no, as Python has them or as the command line spells them."""
    # ``-D leadposts_show_drafts=yes`` arrives as text.
    is_word = isinstance(value, str) and value.lower() in YES | _NO
    return None if isinstance(value, bool | int) or is_word else "1 or 0 is needed"


def check_positive(value: Any) -> str | None:
    """Allow a whole number above 0."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return None
    return "a number above 0 is needed"


def check_related(value: Any) -> str | None:
    """Allow a number of related posts."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return None if is_number and 0 <= value <= 8 else "a number from 0 to 8 is needed"


def check_zone(value: Any) -> str | None:
    """Allow the IANA name of a time zone."""
    if wrong := check_text(value):
        return wrong
    try:
        load_zone(value)
    except ValueError as error:
        return f"{error}; write a name such as 'Europe/Berlin'"
    return None


def check_path(value: Any) -> str | None:
    """Allow a path below the source folder."""
    if wrong := check_text(value):
        return wrong
    parts = value.strip("/").split("/")
    if all(part and part not in {".", ".."} for part in parts):
        return None
    return "a path of one or more names is needed, such as 'blog'"


def check_key_aliases(value: Any) -> str | None:
    """Allow a mapping of any names to those of our keys."""
    if not isinstance(value, dict):
        return "a mapping of foreign keys to ours is needed"
    unknown = _find_unknown_keys(value.values())
    return f"there is no key {unknown[0]!r} to stand for" if unknown else None


def check_defaults(value: Any) -> str | None:
    """Allow a mapping of globs to mappings of our keys."""
    if not isinstance(value, dict):
        return "a mapping of globs to mappings of keys is needed"
    for keys in value.values():
        if not isinstance(keys, dict):
            return "each glob needs a mapping of keys to values"
        if unknown := _find_unknown_keys(keys):
            return f"there is no key {unknown[0]!r}"
    return None


def check_widths(value: Any) -> str | None:
    """Allow a list of widths in pixels."""
    is_list = isinstance(value, list | tuple) and value
    if is_list and all(check_positive(width) is None for width in value):
        return None
    return "a list of widths in pixels is needed, such as [480, 960]"


def check_formats(value: Any) -> str | None:
    """Allow a list of formats that can be written."""
    if wrong := check_texts(value):
        return wrong
    unknown = [name for name in value if name not in ENCODERS]
    if not unknown and value:
        return None
    return f"a list of some of {', '.join(ENCODERS)} is needed"


def check_qualities(value: Any) -> str | None:
    """Allow a mapping of formats to qualities."""
    if not isinstance(value, dict) or any(name not in ENCODERS for name in value):
        return f"a mapping of some of {', '.join(ENCODERS)} to numbers is needed"
    if all(isinstance(number, int) and 1 <= number <= 100 for number in value.values()):
        return None
    return "a quality is a number from 1 to 100"


def check_registry(value: Any) -> str | None:
    """Allow a registry, or the name of its file."""
    if isinstance(value, dict | list | tuple | str):
        return None
    return "a mapping, or the name of a YAML file, is needed"


def check_domains(value: Any) -> str | None:
    """Allow a list of addresses on the web."""
    if wrong := check_texts(value):
        return wrong
    unknown = [name for name in value if parse_domain(name) is None]
    return f"{unknown[0]!r} is no address such as 'example.org'" if unknown else None


def check_cover(value: Any) -> str | None:
    """Allow the ways to a cover."""
    # A picture that was found takes the place of its path.
    if isinstance(value, str | dict):
        return None
    return "'draw', the path of a picture, or '' is needed"


def make_choice_check(*known: str) -> Check:
    """Return a check that allows one of the texts ``known``."""

    def check(value: Any) -> str | None:
        return None if value in known else f"one of {', '.join(known)} is needed"

    return check


def make_parts_check(known: tuple[str, ...]) -> Check:
    """Return a check that allows a list of some of ``known``."""

    def check(value: Any) -> str | None:
        if wrong := check_texts(value):
            return wrong
        unknown = [part for part in value if part not in known]
        if unknown:
            return f"there is no part {unknown[0]!r}; the parts are {', '.join(known)}"
        return None

    return check


def _find_unknown_keys(names: Iterable[str]) -> list[str]:
    if not names:
        return []
    # Loaded late: most sites name no keys.
    from sphinx_leadposts.reading.keys import NAMES  # noqa: PLC0415

    return [name for name in names if str(name).lower() not in NAMES]
