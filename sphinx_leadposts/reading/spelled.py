"""Values as they were spelled: text, and lists and mappings of text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

#: A scalar as spelled, a list or a mapping of them, or ``None`` for nothing.
Spelled = str | list["Spelled"] | dict[str, "Spelled"] | None


def spell(value: object) -> Spelled:
    """Return a value of ``conf.py`` or of TOML as an author would spell it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): spell(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [spell(item) for item in value]
    return str(value)
