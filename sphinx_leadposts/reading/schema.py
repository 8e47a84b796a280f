"""The front matter of a post with types, and the JSON Schema that editors check it by.

Values arrive as they were spelled (see :mod:`.frontmatter`). One that cannot be read
is reported and left out; the others are kept. One that may have been meant to hold the
post back does so.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.field_types import (
    Authors,
    Choice,
    Draft,
    Flag,
    Moment,
    Names,
    PathOrFalse,
    Published,
    Rank,
    Series,
    Targets,
    Text,
    TextOrCount,
    Url,
    WholeNames,
)
from sphinx_leadposts.reading.keys import KEYS

if TYPE_CHECKING:
    from datetime import tzinfo

    from sphinx_leadposts.reading.known_keys import KnownKeys


class Fields(BaseModel):
    """The typed front matter of one document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text = ""
    date: Moment = None
    updated: Moment = None
    image: Choice = None
    image_alt: Text = ""
    tags: Names = ()
    category: WholeNames = ()
    author: Authors = ()
    description: TextOrCount = ""
    draft: Draft = None
    published: Published = None
    expires: Moment = None
    featured: Rank = None
    series: Series = None
    guides: Targets | None = Field(default=None)
    related: WholeNames = ()
    guide_for: Names = ()
    external_url: Url = ""
    canonical_url: Url = ""
    redirect_from: WholeNames = ()
    permalink: PathOrFalse = ""
    slug: Text = ""
    blogpost: Flag = None
    post: Flag = None

    @property
    def day_of_publication(self) -> datetime | None:
        """When the post is published, by whichever key says so."""
        said = self.published
        return self.date or (said if isinstance(said, datetime) else None)

    @property
    def is_draft(self) -> bool:
        """Whether the author holds the post back."""
        return bool(self.draft) or self.published is False or self.permalink is False


def validate_fields(keys: KnownKeys, zone: tzinfo) -> tuple[Fields, list[Problem]]:
    """Give ``keys`` their types, in ``zone`` where a date names none.

    :return: the fields, without those that could not be read, and what is wrong.
    """
    values = dict(keys.values)
    problems: list[Problem] = []
    mended: set[str] = set()
    while True:
        try:
            return Fields.model_validate(values, context=zone), problems
        except ValidationError as error:
            for details in error.errors(include_url=False, include_input=False):
                key = str(details["loc"][0])
                if key in values:
                    # Once: a rest that is refused too is nothing.
                    rest = (details.get("ctx") or {}).get("rest")
                    values[key] = None if key in mended else rest
                    mended.add(key)
                    line = keys.lines.get(key, 1)
                    problems.append(_describe(key, details, line))


def make_front_matter_schema() -> dict[str, Any]:
    """Return the JSON Schema of a post's front matter, other names of keys included.

    https://json-schema.org/draft/2020-12
    """
    schema = Fields.model_json_schema()
    properties: dict[str, Any] = {}
    for key in KEYS:
        shape = dict(schema["properties"][key.name])
        shape.pop("default", None)
        shape.pop("title", None)
        for name in (key.name, *key.aliases):
            properties[name] = {**shape, "description": key.help}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a post",
        "type": "object",
        "properties": properties,
    }


def _describe(key: str, details: Any, line: int) -> Problem:
    try:
        subtype = Subtype(details["type"])
    except ValueError:
        subtype = Subtype.FRONT_MATTER
    return Problem(
        subtype=subtype, message="%s: %s", args=(key, details["msg"]), line=line
    )
