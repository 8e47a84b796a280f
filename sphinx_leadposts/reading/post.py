"""Which documents are posts, and which of them are held back for now."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.archive import make_key
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.dates import (
    DateError,
    find_day_in_name,
    parse_moment,
)
from sphinx_leadposts.reading.docinfo import read_docinfo
from sphinx_leadposts.reading.frontmatter import FrontMatter, read_front_matter
from sphinx_leadposts.reading.keys import NAMES
from sphinx_leadposts.reading.known_keys import sort_out_keys
from sphinx_leadposts.reading.notebook import read_notebook
from sphinx_leadposts.reading.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from sphinx_leadposts.reading.schema import Fields
    from sphinx_leadposts.reading.source import Form, Rules
    from sphinx_leadposts.reading.spelled import Spelled


def read_source(
    text: str, docname: str, rules: Rules, form: Form = "markdown"
) -> Source | None:
    """Read the head of a source file, which is written in ``form``.

    :return: ``None`` for a document that has no front matter and no pattern matches.
    """
    front_matter = _READERS[form](text)
    defaults = _find_defaults(docname, rules)
    if front_matter is None:
        if not defaults and not matches_any(docname, rules.post_patterns):
            return None
        front_matter = FrontMatter()
    # Loaded late: a build in which no source changed must not pay for pydantic.
    from sphinx_leadposts.reading.schema import validate_fields  # noqa: PLC0415

    keys = sort_out_keys(front_matter, rules.aliases)
    if defaults:
        keys = replace(keys, values={**defaults, **keys.values})
    fields, problems = validate_fields(keys, rules.zone)
    problems = [*keys.problems, *problems]
    # Where a value is at fault, what it takes instead says more.
    if front_matter.error and all(p.line != front_matter.error_line for p in problems):
        problems.append(_report_unreadable(front_matter))
    markers = {make_key(tag) for tag in rules.marker_tags}
    date = fields.day_of_publication
    # A date that is there but wrong is not replaced by another one.
    if date is None and not any(_is_of_date(problem) for problem in problems):
        date = _date_from_name(docname, rules.zone)
        if date is None:
            problems.append(_report_undated(keys.lines.get("date", 1)))
    return Source(
        is_post=_is_post(fields, docname, rules, markers),
        fields=fields,
        tags=tuple(tag for tag in fields.tags if make_key(tag) not in markers),
        date=date,
        front_matter=front_matter,
        lines=keys.lines,
        problems=tuple(problems),
    )


def matches_any(docname: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether one of ``patterns`` matches ``docname``.

    ``*`` stays within a folder, ``**`` does not; a suffix such as ``.md`` in a
    pattern is allowed, since a glob of files is what other tools take.
    """
    return any(_compile_glob(pattern).fullmatch(docname) for pattern in patterns)


@functools.cache
def _compile_glob(pattern: str) -> re.Pattern[str]:
    tokens = re.split(r"(\*\*/|\*\*|\*|\?)", re.sub(r"\.(md|rst|ipynb)$", "", pattern))
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(wild.get(t, re.escape(t)) for t in tokens))


def _find_defaults(docname: str, rules: Rules) -> dict[str, Spelled]:
    """Return the defaults of all globs that match; a later glob wins."""
    found: dict[str, Spelled] = {}
    for pattern, values in rules.defaults.items():
        if matches_any(docname, (pattern,)):
            found |= {NAMES[name.lower()]: value for name, value in values.items()}
    return found


_READERS: Final[Mapping[Form, Callable[[str], FrontMatter | None]]] = {
    "markdown": read_front_matter,
    "restructuredtext": read_docinfo,
    "notebook": read_notebook,
}


def _is_post(fields: Fields, docname: str, rules: Rules, markers: set[str]) -> bool:
    if fields.post is False or fields.blogpost is False:
        return False
    return (
        bool(fields.blogpost)
        or any(make_key(tag) in markers for tag in fields.tags)
        or matches_any(docname, rules.post_patterns)
    )


def _is_of_date(problem: Problem) -> bool:
    return problem.subtype is Subtype.DATE and problem.args[:1] == ("date",)


def _date_from_name(docname: str, zone: tzinfo) -> datetime | None:
    day = find_day_in_name(docname)
    try:
        return parse_moment(day, zone) if day else None
    except DateError:
        return None


def _report_undated(line: int) -> Problem:
    return Problem(
        subtype=Subtype.DATE,
        message="the post has no date, and is listed after all others. "
        "Write 'date: YYYY-MM-DD' into its front matter",
        line=line,
    )


def _report_unreadable(front_matter: FrontMatter) -> Problem:
    return Problem(
        subtype=Subtype.FRONT_MATTER,
        message="the front matter is not well formed (%s) and was read key by key; "
        "put the value at fault in quotes",
        args=(front_matter.error,),
        line=front_matter.error_line,
    )
