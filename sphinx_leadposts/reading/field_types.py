"""The types of fields: how a value is read, and the JSON Schema that describes it.

Values arrive as they were spelled (see :mod:`.frontmatter`).
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from sphinx_leadposts.reading import compounds
from sphinx_leadposts.reading import values as read

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core.core_schema import ValidationInfo

_JSON_TEXT = {"type": "string"}
_JSON_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_JSON_NAMES = {
    "anyOf": [_JSON_SCALAR, {"type": "array", "items": _JSON_SCALAR}],
}
_JSON_MOMENT = {"type": ["string", "null"]}
_JSON_FLAG = {"type": ["boolean", "null"]}
_JSON_FLAG_OR_DAY = {"type": ["boolean", "string", "null"], "pattern": "\\d"}
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
            "properties": {"name": _JSON_TEXT, "url": _JSON_URL},
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


def _by_zone(
    reader: Callable[[Any, tzinfo], Any], schema: dict[str, Any]
) -> tuple[Any, Any]:
    """Return what makes pydantic read a field by ``reader``, in a zone."""

    def validate(value: Any, info: ValidationInfo) -> Any:
        if not isinstance(info.context, tzinfo):
            message = "the schema is validated with a time zone as its context"
            raise TypeError(message)
        try:
            return reader(value, info.context)
        except read.ValueRefusedError as error:
            raise _refuse(error) from error

    return BeforeValidator(validate), WithJsonSchema(schema)


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


class SeriesPart(BaseModel):
    """A series, and which part of it a post is, if it says so."""

    model_config = ConfigDict(frozen=True)

    name: str
    part: int | None = None


Text = Annotated[str, *_by(read.read_text, _JSON_SCALAR)]
Flag = Annotated[bool | None, *_by(read.read_flag, _JSON_FLAG)]
Draft = Annotated[bool | None, *_by(read.read_draft, _JSON_FLAG)]
Published = Annotated[
    bool | datetime | None,
    *_by_zone(read.read_published, _JSON_FLAG_OR_DAY),
]
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
Choice = Annotated[PictureChoice | None, *_by(compounds.read_picture, _JSON_PICTURE)]
Authors = Annotated[tuple[AuthorName, ...], *_by(compounds.read_authors, _JSON_AUTHORS)]
Series = Annotated[SeriesPart | None, *_by(compounds.read_series, _JSON_SERIES)]
Moment = Annotated[datetime | None, *_by_zone(read.read_moment, _JSON_MOMENT)]
