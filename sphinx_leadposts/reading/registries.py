"""The registries of a site: mappings in ``conf.py``, or YAML files beside it."""

from __future__ import annotations

import difflib
from datetime import tzinfo
from typing import TYPE_CHECKING, Annotated, Any, Final

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)

from sphinx_leadposts.reading import values as read
from sphinx_leadposts.reading.values import ValueRefusedError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from sphinx_leadposts.reading.spelled import Spelled

Text = Annotated[str, BeforeValidator(read.read_text)]
Names = Annotated[tuple[str, ...], BeforeValidator(read.read_whole_names)]
TagNames = Annotated[tuple[str, ...], BeforeValidator(read.read_names)]
Url = Annotated[str, BeforeValidator(read.read_url)]


def _read_flag(value: Any) -> bool:
    return bool(read.read_flag(value))


def _read_links(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        message = "it takes a mapping of what links say to URLs"
        raise ValueRefusedError(message)
    return {read.read_text(name): read.read_url(url) for name, url in value.items()}


Flag = Annotated[bool, BeforeValidator(_read_flag)]
Links = Annotated[dict[str, str], BeforeValidator(_read_links)]


def _read_day(value: Any, info: ValidationInfo) -> str | None:
    if not isinstance(info.context, tzinfo):
        message = "a registry is validated with a time zone as its context"
        raise TypeError(message)
    moment = read.read_moment(value, info.context)
    return moment.isoformat() if moment else None


Day = Annotated[str | None, BeforeValidator(_read_day)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TagModel(_Entry):
    """A tag of ``leadposts_tags``."""

    label: Text = Field(default="", description="The name that readers see.")
    slug: Text = Field(default="", description="The last part of its address.")
    description: Text = Field(default="", description="What the tag is about.")
    aliases: Names = Field(
        default=(), description="Other spellings that mean the same tag."
    )
    parent: Text = Field(default="", description="The wider tag that it stands below.")
    hidden: Flag = Field(
        default=False,
        description="Whether readers do not see it: lists can still ask for it.",
    )
    image: Text = Field(default="", description="A picture for its page.")


class GuideModel(_Entry):
    """A guide of ``leadposts_guides``."""

    target: Annotated[str, BeforeValidator(read.read_target)] = Field(
        default="",
        description="The page: a docname, the name of a post, or a URL. Without it, "
        "the name of the entry is the docname.",
    )
    title: Text = Field(default="", description="What links to it say.")
    description: Text = Field(default="", description="What readers find there.")
    image: Text = Field(default="", description="A picture for its card.")
    tags: TagNames = Field(default=(), description="The tags whose guide it is.")
    reviewed: Day = Field(
        default=None, description="When somebody last made sure that it still holds."
    )


class CallModel(_Entry):
    """A call to action of ``leadposts_call_to_action``; an empty one means none."""

    title: Text = Field(default="", description="What stands above it.")
    text: Text = Field(default="", description="Why to act, in a sentence or two.")
    buttons: Annotated[tuple[str, ...], BeforeValidator(read.read_buttons)] = Field(
        default=(),
        description="One button or two: a guide, docname or URL, or ``text <target>``.",
    )


class AuthorModel(_Entry):
    """An author of ``leadposts_authors``."""

    name: Text = Field(default="", description="The name that readers see.")
    url: Url = Field(default="", description="Where to read more of them.")
    image: Text = Field(default="", description="A picture of them.")
    bio: Text = Field(default="", description="Who they are, in a sentence or two.")
    links: Links = Field(
        default_factory=dict,
        description="Further places of theirs: what the link says, and its URL.",
    )
    slug: Text = Field(default="", description="The last part of their address.")
    aliases: Names = Field(
        default=(), description="Other spellings that mean the same author."
    )


_MODELS: Final[dict[str, type[_Entry]]] = {
    "tags": TagModel,
    "authors": AuthorModel,
    "guides": GuideModel,
    "call_to_action": CallModel,
}
#: The fields without which an entry is of no use.
_VITAL: Final = {"guides": "target", "call_to_action": "buttons"}
#: What an entry that is a text alone says.
_MAIN_FIELDS: Final = {
    "tags": "label",
    "authors": "name",
    "guides": "target",
    "call_to_action": "buttons",
}


def parse_registry(text: str) -> Spelled:
    """Return the content of a YAML file, scalars as spelled.

    :raises ValueError: where it is no YAML.
    """
    try:
        content: Spelled = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error).replace("\n", " ")) from error
    return content


def find_entry_lines(text: str) -> dict[str, int]:
    """Return the line of each entry of a YAML file that can be parsed, from 1."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: key.start_mark.line + 1 for key, _ in node.value}


def validate_registry(
    kind: str, content: Spelled, zone: tzinfo
) -> tuple[dict[str, dict[str, Any]], list[tuple[str, str]]]:
    """Give the entries of a registry their types.

    A list stands for entries of which nothing is said. An entry that is not usable is
    left out.

    :param kind: ``tags``, ``authors``, ``guides`` or ``call_to_action``.
    :param zone: the zone of days.
    :return: the entries as plain data, by name, and what is wrong: the name of the
        entry, empty where the whole is meant, and words for it.
    """
    if isinstance(content, list):
        content = {str(name): None for name in content if isinstance(name, str)}
    if not isinstance(content, dict):
        return {}, [("", "a mapping of names to what is said of them is needed")]
    entries: dict[str, dict[str, Any]] = {}
    problems: list[tuple[str, str]] = []
    for name, value in content.items():
        # YAML's empty value is an empty text here.
        said = value or {}
        if isinstance(said, str):
            said = {_MAIN_FIELDS[kind]: said}
        entry, faulty, wrong = _read_entry(_MODELS[kind], said, zone)
        problems.extend((name, text) for text in wrong)
        if entry is not None and _VITAL.get(kind) not in faulty:
            entries[name] = entry.model_dump(mode="json")
            if kind == "guides":
                entries[name]["target"] = entries[name]["target"] or name
    return entries, problems


def _read_entry(
    model: type[_Entry], said: Any, zone: tzinfo
) -> tuple[_Entry | None, set[int | str], list[str]]:
    """Return the entry without its faulty fields, those, and what is wrong."""
    problems: list[str] = []
    dropped: set[int | str] = set()
    while True:
        try:
            return model.model_validate(said, context=zone), dropped, problems
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
        # What was left out as faulty is not missed a second time.
        named = [details for details in found if dropped.isdisjoint(details["loc"])]
        faulty = {details["loc"][0] for details in found if details["loc"]}
        problems += [_describe(model, details) for details in named]
        if not isinstance(said, dict) or not faulty & said.keys():
            return None, dropped, problems
        said = {name: item for name, item in said.items() if name not in faulty}
        dropped |= faulty


def make_registry_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a YAML file with the registry ``kind``.

    https://json-schema.org/draft/2020-12
    """
    model = _MODELS[kind]
    shape = model.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{kind.replace('_', ' ').capitalize()} of a blog (leadposts_{kind})",
        "type": "object",
        "additionalProperties": {
            "anyOf": [
                {"type": ["string", "null"]},
                {
                    "type": "object",
                    "description": model.__doc__,
                    "properties": shape["properties"],
                    "additionalProperties": False,
                },
            ]
        },
    }


def _describe(model: type[_Entry], details: ErrorDetails) -> str:
    field = str(details["loc"][0]) if details["loc"] else ""
    text = details["msg"].removeprefix("Value error, ")
    if details["type"] == "model_type":
        return "a text or a mapping is needed"
    if details["type"] == "extra_forbidden":
        close = difflib.get_close_matches(field, list(model.model_fields), n=1)
        text = f"did you mean {close[0]!r}?" if close else "it is not known here"
    return f"{field}: {text}" if field else text
