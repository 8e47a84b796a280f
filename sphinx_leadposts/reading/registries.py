"""The registries of a site: mappings in ``conf.py``, or YAML files beside it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, Any, Final

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from sphinx_leadposts.reading import values as read

if TYPE_CHECKING:
    from sphinx_leadposts.reading.spelled import Spelled

Text = Annotated[str, BeforeValidator(read.read_text)]
Names = Annotated[tuple[str, ...], BeforeValidator(read.read_whole_names)]
Url = Annotated[str, BeforeValidator(read.read_url)]


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


class AuthorModel(_Entry):
    """An author of ``leadposts_authors``."""

    name: Text = Field(default="", description="The name that readers see.")
    url: Url = Field(default="", description="Where to read more of them.")
    image: Text = Field(default="", description="A picture of them.")
    bio: Text = Field(default="", description="Who they are, in a sentence or two.")


_MODELS: Final[dict[str, type[_Entry]]] = {"tags": TagModel, "authors": AuthorModel}


def parse_registry(text: str) -> Spelled:
    """Return the content of a YAML file, scalars as spelled.

    :raises ValueError: where it is no YAML.
    """
    try:
        content: Spelled = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error).replace("\n", " ")) from error
    return content


def validate_registry(
    kind: str, content: Spelled
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Give the entries of a registry their types.

    A list stands for entries of which nothing is said. An entry that is not usable is
    left out.

    :param kind: ``tags`` or ``authors``.
    :return: the entries as plain data, by name, and what is wrong, in words.
    """
    if isinstance(content, list):
        content = {str(name): None for name in content if isinstance(name, str)}
    if not isinstance(content, dict):
        return {}, ["a mapping of names to what is said of them is needed"]
    entries: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for name, value in content.items():
        # A text alone is the name that readers see.
        field = "label" if kind == "tags" else "name"
        said = {field: value} if isinstance(value, str) else value or {}
        try:
            entries[name] = _MODELS[kind].model_validate(said).model_dump()
        except ValidationError as error:
            problems.extend(_describe(kind, name, error))
    return entries, problems


def make_registry_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a YAML file with the registry ``kind``.

    https://json-schema.org/draft/2020-12
    """
    model = _MODELS[kind]
    shape = model.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The {kind} of a blog (leadposts_{kind})",
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


def _describe(kind: str, name: str, error: ValidationError) -> list[str]:
    texts = []
    for details in error.errors(include_url=False, include_input=False):
        field = str(details["loc"][0]) if details["loc"] else ""
        text = str(details["msg"]).removeprefix("Value error, ")
        if details["type"] == "extra_forbidden":
            known = list(_MODELS[kind].model_fields)
            close = difflib.get_close_matches(field, known, n=1)
            text = f"did you mean {close[0]!r}?" if close else "it is not known here"
        texts.append(f"{name}: {field}: {text}" if field else f"{name}: {text}")
    return texts
