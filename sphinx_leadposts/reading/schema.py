"""The front matter of a post with types, and the JSON Schema that editors check it by.

Values arrive as they were spelled (see :mod:`.frontmatter`). One that cannot be read
is reported and left out; the others are kept.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading import values as read
from sphinx_leadposts.reading.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core.core_schema import ValidationInfo

    from sphinx_leadposts.reading.known_keys import KnownKeys

_JSON_TEXT = {"type": "string"}
_JSON_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_JSON_NAMES = {
    "anyOf": [_JSON_SCALAR, {"type": "array", "items": _JSON_SCALAR}],
}
_JSON_MOMENT = {"type": ["string", "null"]}
_JSON_FLAG = {"type": ["boolean", "null"]}
_JSON_URL = {"type": "string", "pattern": "^https?://"}
_JSON_PICTURE = {
    "anyOf": [
        {"type": ["string", "integer", "boolean", "null"]},
        {
            "type": "object",
            "properties": {
                "src": _JSON_TEXT,
                "alt": _JSON_TEXT,
                "caption": _JSON_TEXT,
                "credit": _JSON_TEXT,
                "focus": {"type": "string", "pattern": "^[0-9.]+% [0-9.]+%$"},
            },
            "required": ["src"],
        },
    ]
}
_JSON_AUTHOR = {
    "anyOf": [
        _JSON_TEXT,
        {
            "type": "object",
            "properties": {"name": _JSON_TEXT, "url": _JSON_URL, "image": _JSON_TEXT},
            "required": ["name"],
        },
    ]
}
_JSON_AUTHORS = {"anyOf": [_JSON_AUTHOR, {"type": "array", "items": _JSON_AUTHOR}]}
_JSON_SERIES = {
    "anyOf": [
        _JSON_TEXT,
        {"type": "array", "items": _JSON_TEXT, "minItems": 1, "maxItems": 1},
        {
            "type": "object",
            "properties": {
                "name": _JSON_TEXT,
                "part": {"type": "integer", "minimum": 1},
            },
            "required": ["name"],
        },
    ]
}


def _by(reader: Callable[[Any], Any], schema: dict[str, Any]) -> tuple[Any, Any]:
    """Return what makes pydantic read a field by ``reader``."""

    def validate(value: Any) -> Any:
        try:
            return reader(value)
        except read.ValueRefusedError as error:
            raise _refuse(error) from error

    return BeforeValidator(validate), WithJsonSchema(schema)


def _read_moment(value: Any, info: ValidationInfo) -> datetime | None:
    if not isinstance(info.context, tzinfo):
        message = "the schema is validated with a time zone as its context"
        raise TypeError(message)
    try:
        return read.read_moment(value, info.context)
    except read.ValueRefusedError as error:
        raise _refuse(error) from error


def _refuse(error: read.ValueRefusedError) -> PydanticCustomError:
    context = {"why": str(error), "rest": error.rest}
    return PydanticCustomError(error.subtype.value, "{why}", context)  # type: ignore[arg-type,unused-ignore]


class PictureChoice(BaseModel):
    """Which picture the author chose; ``alt`` is ``None`` where nothing is said."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    src: str
    alt: str | None = None
    caption: str = ""
    credit: str = ""
    focus: str = ""


class AuthorName(BaseModel):
    """An author, as a post names one."""

    model_config = ConfigDict(frozen=True)

    name: str
    url: str = ""
    image: str = ""


class SeriesPart(BaseModel):
    """A series, and which part of it a post is, if it says so."""

    model_config = ConfigDict(frozen=True)

    name: str
    part: int | None = None


Text = Annotated[str, *_by(read.read_text, _JSON_SCALAR)]
Flag = Annotated[bool | None, *_by(read.read_flag, _JSON_FLAG)]
Rank = Annotated[
    int | None,
    *_by(read.read_rank, {"type": ["boolean", "integer", "null"], "minimum": 0}),
]
Names = Annotated[tuple[str, ...], *_by(read.read_names, _JSON_NAMES)]
WholeNames = Annotated[tuple[str, ...], *_by(read.read_whole_names, _JSON_NAMES)]
Targets = Annotated[tuple[str, ...], *_by(read.read_targets, _JSON_NAMES)]
Url = Annotated[str, *_by(read.read_url, _JSON_URL)]
PathOrFalse = Annotated[
    str | bool, *_by(read.read_path_or_false, {"type": ["string", "boolean"]})
]
TextOrCount = Annotated[
    str | int, *_by(read.read_text_or_count, {"type": ["string", "integer"]})
]
Choice = Annotated[PictureChoice | None, *_by(read.read_picture, _JSON_PICTURE)]
Authors = Annotated[tuple[AuthorName, ...], *_by(read.read_authors, _JSON_AUTHORS)]
Series = Annotated[SeriesPart | None, *_by(read.read_series, _JSON_SERIES)]
Moment = Annotated[
    datetime | None, BeforeValidator(_read_moment), WithJsonSchema(_JSON_MOMENT)
]


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
    draft: Flag = None
    published: Flag = None
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
