"""The words that pages of the blog add, in the language of the site."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from sphinx.locale import get_translation

if TYPE_CHECKING:
    from datetime import date, datetime

CATALOG: Final = "sphinx_leadposts"

_ = get_translation(CATALOG)


def format_day(moment: datetime, pattern: str, language: str) -> str:
    """Return the day of ``moment`` in words of ``language`` (Sphinx's name for it).

    Neither the locale nor the zone of the machine has a say. A language that Babel
    does not know is written in English.
    """
    return _format_day(moment.date(), pattern, language)


# The same posts stand on many pages. Not by moments: one may be two days in two zones.
@functools.lru_cache(maxsize=4096)
def _format_day(day: date, pattern: str, language: str) -> str:
    return format_date(day, format=pattern, locale=find_locale(language))


@functools.lru_cache(maxsize=8)
def find_locale(language: str) -> Locale:
    """Return the locale of ``language``; one that Babel does not know is English."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def format_machine_date(date: datetime) -> str:
    """Return ``date`` for the ``datetime`` attribute: a day where it has no time."""
    if (date.hour, date.minute, date.second) == (0, 0, 0):
        return date.date().isoformat()
    return date.isoformat(timespec="seconds")


def count_minutes(words: int, pace: int) -> int:
    """Return the reading time of ``words`` at ``pace`` words a minute, at least 1."""
    return max(1, round(words / pace))


def format_reading_time(words: int, pace: int) -> str:
    """Return the reading time in words."""
    return _("%d min read") % count_minutes(words, pace)


def say_part(number: int, count: int) -> str:
    """Return which part of its series a post is, to stand before its name."""
    return _("Part %(number)d of %(count)d:") % {"number": number, "count": count}


def say_cluster_title() -> str:
    """Return what stands above the posts of a guide."""
    return _("All articles in this guide")
