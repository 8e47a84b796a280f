"""Which keys at the head of a source mean something, and what is wrong with others."""

from __future__ import annotations

import difflib
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.html_meta import find_html_description
from sphinx_leadposts.reading.keys import KEYS, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_leadposts.reading.frontmatter import FrontMatter
    from sphinx_leadposts.reading.spelled import Spelled

#: Keys of known generators, and of MyST and Sphinx, that mean nothing here.
_FOREIGN_NAMES: Final = (
    "layout eleventynavigation eleventyexcludefromcollections eleventycomputed "
    "templateengineoverride pagination permalinkbypassoutputdir override type kind "
    "weight menu menus url linktitle markup outputs headless cascade resources "
    "sitemap iscjklanguage build keywords params toc comments comment math mathjax "
    "images videos audio locale lang language location nocomments pageid id uid "
    "guid hide hidden icon template status sidebar sidebar_label sidebar_position "
    "slideshow hide_title hide_table_of_contents pagination_next pagination_prev "
    "custom_edit_url orphan tocdepth nosearch no-search html_theme myst mystnb "
    "jupytext kernelspec jupyter html_meta substitutions abstract subtitle "
    "short_title banner bannerphoto numbering exports downloads license copyright "
    "affiliations wordcount readtime readingtime reading_time time section subject "
)
_FOREIGN: Final = frozenset(_FOREIGN_NAMES.split())
#: Keys that do something elsewhere which an author may miss here.
_HINTS: Final = {
    "exclude": "it has no meaning here; 'draft: true' holds a post back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKeys:
    """The values of known keys, under their own names, with their lines."""

    values: Mapping[str, Spelled]
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]


def sort_out_keys(
    front_matter: FrontMatter, aliases: Mapping[str, str] | None = None
) -> KnownKeys:
    """Find the known keys of ``front_matter`` under whichever name they stand.

    ``aliases`` are further names (foreign to ours). Names are compared without regard
    to case. Of two names of one key, the first in its row counts; the other is
    reported, as is a key that stands twice or is close to a known one. MyST's
    ``html_meta`` is no other name: what it says in a head may well differ from a card.
    """
    spelled = _index(front_matter)
    values: dict[str, Spelled] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for key in KEYS:
        own = (f for f, n in (aliases or {}).items() if NAMES[n.lower()] == key.name)
        rows = (spelled.pop(n.lower(), None) for n in (key.name, *key.aliases, *own))
        names = [name for name in rows if name is not None]
        if not names:
            continue
        values[key.name] = front_matter.values[names[0]]
        lines[key.name] = front_matter.lines.get(names[0], 1)
        written = {name.lower() for name in names}
        # Title beside title: not the same key to YAML.
        twins = [n for n in front_matter.values if n.lower() in written]
        others = dict.fromkeys(n for n in (*names, *twins) if n != names[0])
        problems.extend(_report_others(names[0], others, front_matter))
    _part_dates(values, lines)
    if "description" not in values and (found := find_html_description(front_matter)):
        values["description"], lines["description"] = found
    problems.extend(_report_repeated(front_matter))
    problems.extend(_report_unknown(spelled.values(), front_matter))
    return KnownKeys(values=values, lines=lines, problems=tuple(problems))


def _part_dates(values: dict[str, Spelled], lines: dict[str, int]) -> None:
    """Take a mapping of dates apart, as the blog of Material for MkDocs has them."""
    dates = values.get("date")
    if isinstance(dates, dict) and "created" in dates:
        values["date"] = dates["created"]
        if "updated" in dates and "updated" not in values:
            values["updated"] = dates["updated"]
            lines["updated"] = lines["date"]


def _index(front_matter: FrontMatter) -> dict[str, str]:
    """Map each key in lower case to its spelling; the exact lower-case one wins."""
    index: dict[str, str] = {}
    for name in front_matter.values:
        if name.lower() not in index or name == name.lower():
            index[name.lower()] = name
    return index


def _report_others(
    used: str, others: Iterable[str], front_matter: FrontMatter
) -> Iterator[Problem]:
    for other in others:
        yield Problem(
            subtype=Subtype.FRONT_MATTER,
            message="%r means the same as %r, which is used; leave one of them out",
            args=(other, used),
            line=front_matter.lines.get(other, 1),
        )


def _report_repeated(front_matter: FrontMatter) -> Iterator[Problem]:
    for name in front_matter.repeated:
        yield Problem(
            subtype=Subtype.FRONT_MATTER,
            message="%r stands more than once; the last one is used. Leave the others "
            "out",
            args=(name,),
            line=front_matter.lines.get(name, 1),
        )


def _report_unknown(
    names: Iterable[str], front_matter: FrontMatter
) -> Iterator[Problem]:
    for name in names:
        line = front_matter.lines.get(name, 1)
        if hint := _HINTS.get(name.lower()):
            yield Problem(
                subtype=Subtype.FRONT_MATTER,
                message="%s: %s",
                args=(name, hint),
                line=line,
            )
        elif close := _find_close(name.lower()):
            yield Problem(
                subtype=Subtype.FRONT_MATTER,
                message="%r is no key that is known here; did you mean %r?",
                args=(name, close),
                line=line,
            )


@functools.lru_cache(maxsize=1024)
def _find_close(name: str) -> str | None:
    """Return the known key that ``name`` is probably meant to be."""
    if name in _FOREIGN:
        return None
    known = [n for key in KEYS for n in (key.name, *key.aliases)]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), None)
