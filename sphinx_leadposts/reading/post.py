"""Which documents are posts, and which of them are held back for now."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.tag import make_tag_key
from sphinx_leadposts.reading.dates import (
    DateError,
    find_day_in_name,
    parse_moment,
)
from sphinx_leadposts.reading.frontmatter import FrontMatter, read_front_matter
from sphinx_leadposts.reading.keys import sort_out_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from sphinx_leadposts.reading.schema import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What makes a document a post, from the configuration."""

    marker_tags: tuple[str, ...] = ("post",)
    post_patterns: tuple[str, ...] = ()
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source file, read: a post or not, and what its front matter says.

    ``tags`` are without marker tags; ``date`` may come from the file name.
    """

    is_post: bool
    fields: Fields
    tags: tuple[str, ...]
    date: datetime | None
    front_matter: FrontMatter
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_source(text: str, docname: str, rules: Rules) -> Source | None:
    """Read the head of a source file.

    :return: ``None`` for a document that has no front matter and no pattern matches.
    """
    front_matter = read_front_matter(text)
    if front_matter is None:
        if not matches_any(docname, rules.post_patterns):
            return None
        front_matter = FrontMatter()
    # Loaded late: a build in which no source changed must not pay for pydantic.
    from sphinx_leadposts.reading.schema import validate_fields  # noqa: PLC0415

    keys = sort_out_keys(front_matter)
    fields, problems = validate_fields(keys, rules.zone)
    if front_matter.error:
        problems.append(_report_unreadable(front_matter))
    markers = {make_tag_key(tag) for tag in rules.marker_tags}
    return Source(
        is_post=_is_post(fields, docname, rules, markers),
        fields=fields,
        tags=tuple(tag for tag in fields.tags if make_tag_key(tag) not in markers),
        date=fields.date or _date_from_name(docname, fields, keys.lines, rules.zone),
        front_matter=front_matter,
        lines=keys.lines,
        problems=(*keys.problems, *problems),
    )


def matches_any(docname: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether one of ``patterns`` matches ``docname``.

    ``*`` stays within a folder, ``**`` does not; a suffix such as ``.md`` in a
    pattern is allowed, since a glob of files is what other tools take.
    """
    return any(_compile_glob(pattern).fullmatch(docname) for pattern in patterns)


@functools.lru_cache(maxsize=64)
def _compile_glob(pattern: str) -> re.Pattern[str]:
    tokens = re.split(r"(\*\*/|\*\*|\*|\?)", re.sub(r"\.(md|rst|ipynb)$", "", pattern))
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(wild.get(t, re.escape(t)) for t in tokens))


def _is_post(fields: Fields, docname: str, rules: Rules, markers: set[str]) -> bool:
    if fields.post is False or fields.blogpost is False:
        return False
    return (
        bool(fields.blogpost)
        or any(make_tag_key(tag) in markers for tag in fields.tags)
        or matches_any(docname, rules.post_patterns)
    )


def _date_from_name(
    docname: str, fields: Fields, lines: Mapping[str, int], zone: tzinfo
) -> datetime | None:
    # A date that is there but wrong is not replaced by another one.
    if fields.date or "date" in lines:
        return None
    day = find_day_in_name(docname)
    try:
        return parse_moment(day, zone) if day else None
    except DateError:
        return None


def _report_unreadable(front_matter: FrontMatter) -> Problem:
    return Problem(
        subtype=Subtype.FRONT_MATTER,
        message="the front matter could not be read: %s; put the value that "
        "holds the sign in quotes",
        args=(front_matter.error,),
        line=front_matter.error_line,
    )
