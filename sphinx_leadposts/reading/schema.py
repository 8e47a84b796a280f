"""The front matter of a post with types: each value by the meaning of its key.

Values arrive as they were spelled (see :mod:`.frontmatter`). One that cannot be read
is reported and left out; the others are kept.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.dates import DateError, parse_moment

if TYPE_CHECKING:
    from pydantic_core.core_schema import ValidationInfo

    from sphinx_leadposts.reading.keys import KnownKeys

_TRUE: Final = frozenset({"true", "yes", "on", "1"})
_FALSE: Final = frozenset({"false", "no", "off", "0"})
#: Seen in tags copied from word processors; nobody means them.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def _fail(subtype: Subtype, message: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(subtype.value, message, values)


def _read_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    raise _fail(Subtype.FRONT_MATTER, "it takes a text, not a list or a mapping")


def _read_flag(value: Any) -> bool | None:
    if value is None:
        return None
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise _fail(
        Subtype.FRONT_MATTER, "it takes 'true' or 'false', not {value!r}", value=value
    )


def _read_names(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list) or any(isinstance(i, list | dict) for i in items):
        raise _fail(Subtype.FRONT_MATTER, "it takes a list of names, one level deep")
    names = (" ".join((item or "").translate(_INVISIBLE).split()) for item in items)
    return tuple(dict.fromkeys(name for name in names if name))


def _read_moment(value: Any, info: ValidationInfo) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _fail(Subtype.DATE, "it takes one date, written as YYYY-MM-DD")
    try:
        return parse_moment(value, info.context or _missing_zone())
    except DateError as error:
        raise _fail(Subtype.DATE, "{why}", why=str(error)) from error


def _missing_zone() -> tzinfo:
    message = "the schema is validated with a time zone as its context"
    raise TypeError(message)


class PictureChoice(BaseModel):
    """Which picture the author chose; ``alt`` is ``None`` where nothing is said."""

    model_config = ConfigDict(frozen=True)

    src: str
    alt: str | None = None


def _read_picture(value: Any) -> PictureChoice | None:
    if isinstance(value, dict):
        src, alt = value.get("src"), value.get("alt")
        if isinstance(src, str) and (alt is None or isinstance(alt, str)):
            return PictureChoice(src=src.strip(), alt=alt)
    elif value is None or isinstance(value, str):
        src = (value or "").strip()
        return PictureChoice(src=src) if src.lower() not in {"", "false"} else None
    raise _fail(
        Subtype.IMAGE, "it takes a path, a URL, or a mapping with 'src' and 'alt'"
    )


Text = Annotated[str, BeforeValidator(_read_text)]
Flag = Annotated[bool | None, BeforeValidator(_read_flag)]
Names = Annotated[tuple[str, ...], BeforeValidator(_read_names)]
Moment = Annotated[datetime | None, BeforeValidator(_read_moment)]
Choice = Annotated[PictureChoice | None, BeforeValidator(_read_picture)]


class Fields(BaseModel):
    """The typed front matter of one document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text = ""
    date: Moment = None
    image: Choice = None
    image_alt: Text = ""
    tags: Names = ()
    description: Text = ""
    draft: Flag = None
    published: Flag = None
    guides: Names = ()
    blogpost: Flag = None
    post: Flag = None

    @property
    def is_draft(self) -> bool:
        """Whether the author holds the post back."""
        return bool(self.draft) or self.published is False


def validate_fields(keys: KnownKeys, zone: tzinfo) -> tuple[Fields, list[Problem]]:
    """Give ``keys`` their types, in ``zone`` where a date names none.

    :return: the fields, without those that could not be read, and what is wrong.
    """
    values = dict(keys.values)
    problems: list[Problem] = []
    while True:
        try:
            return Fields.model_validate(values, context=zone), problems
        except ValidationError as error:
            for details in error.errors(include_url=False, include_input=False):
                key = str(details["loc"][0])
                values.pop(key, None)
                problems.append(_describe(key, details, keys.lines.get(key, 1)))


def _describe(key: str, details: Any, line: int) -> Problem:
    try:
        subtype = Subtype(details["type"])
    except ValueError:
        subtype = Subtype.FRONT_MATTER
    return Problem(
        subtype=subtype, message="%s: %s", args=(key, details["msg"]), line=line
    )
