"""Dates as people write them.

A date is read when it means one day and no other. What could be read two ways, or has
a part missing, is refused: a guess from today's date would be another guess tomorrow.
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_ISO_DAY: Final = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMBERS: Final = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s?[\s/.,-]\s?(\d{1,2})\s?[\s/.,-]\s?(\d{4})\b"
)
#: A file or folder that begins with a day: ``2023-01-30-title``, ``2023-01-30/index``.
_NAMED_DAY: Final = re.compile(r"(?:^|/)(\d{4}-\d{2}-\d{2})(?:-[^/]*)?(?:/index)?$")
#: A fraction of a second behind minutes, as one exporter writes it.
_STRAY_FRACTION: Final = re.compile(r"(?<=\s)(\d{1,2}:\d{2})\.0+(?=\s|$)")
#: Hours and minutes with a point between them, as in Finland and Italy.
_POINTED_TIME: Final = re.compile(r"(?<=\s)(\d{1,2})\.(\d{2})(?=\s|$)")
#: Two days that share neither year, month nor day: a part that the author left out
#: comes out different when it is filled from the one and from the other.
_DEFAULTS: Final = (datetime(1996, 1, 1), datetime(2003, 2, 2))


class DateError(ValueError):
    """A text that is not one date; its message says why, and what to write."""


def load_zone(name: str) -> tzinfo:
    """Return the zone called ``name`` (IANA), raise ``ValueError`` if there is none."""
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"there is no time zone {name!r}"
        raise ValueError(message) from error


def parse_moment(text: str, zone: tzinfo) -> datetime:
    """Return the moment that ``text`` names, aware, in ``zone``.

    A text without an offset is local time in ``zone``; without a time, midnight.

    :raises DateError: where ``text`` is not one date.
    """
    text = _STRAY_FRACTION.sub(r"\1", " ".join(text.split()))
    text = _POINTED_TIME.sub(r"\1:\2", text)
    moment = _parse_iso(text) or _parse_written(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        local = moment.astimezone(zone)
        # The first day of all, which Go and Hugo write for none, is not one everywhere.
        local.astimezone(UTC)
    except OverflowError as error:
        message = f"the date {text!r} is out of range"
        raise DateError(message) from error
    return local


def find_day_in_name(docname: str) -> str | None:
    """Return the day that a file name such as ``2023-01-30-title`` begins with."""
    match = _NAMED_DAY.search(docname)
    return match[1] if match else None


def _parse_iso(text: str) -> datetime | None:
    try:
        if day := _ISO_DAY.match(text):
            return datetime(*map(int, day.groups()))  # type: ignore[arg-type]
        return datetime.fromisoformat(text)
    except ValueError as error:
        if day:
            message = f"there is no day {text!r}; write it as YYYY-MM-DD"
            raise DateError(message) from error
        return None


def _parse_written(text: str) -> datetime:
    _refuse_ambiguous(text)
    first, second = (_parse_with_default(text, default) for default in _DEFAULTS)
    if first.date() != second.date():
        message = f"the date {text!r} lacks a part; write it as YYYY-MM-DD"
        raise DateError(message)
    if f"{first.year:04d}" not in text:
        # The century would be a guess, and which of 3/4/25 is the year another one.
        message = f"the year of {text!r} needs four digits; write it as YYYY-MM-DD"
        raise DateError(message)
    return first


def _refuse_ambiguous(text: str) -> None:
    if numbers := _NUMBERS.search(text):
        one, two = int(numbers[1]), int(numbers[2])
        if one <= 12 and two <= 12 and one != two:
            message = f"the date {text!r} can be read two ways; write it as YYYY-MM-DD"
            raise DateError(message)


def _parse_with_default(text: str, default: datetime) -> datetime:
    # Loaded late: most posts write their dates in ISO form.
    from dateutil import parser  # noqa: PLC0415

    message = f"{text!r} is not a date; write it as YYYY-MM-DD"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", parser.UnknownTimezoneWarning)
            moment = parser.parse(text, default=default)
        if (moment.utcoffset() or timedelta()) >= timedelta(days=1):
            raise DateError(message)
    except (ValueError, OverflowError, RuntimeWarning) as error:
        raise DateError(message) from error
    return moment
