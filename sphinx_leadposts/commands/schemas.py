"""The JSON Schemas of front matter and registries, for editors."""

from __future__ import annotations

import json
from importlib import resources
from typing import Final

#: The schemas that are made from declarations, by the name of their file.
MADE: Final = ("front-matter", "tags", "authors", "guides", "call_to_action")
#: All that the package carries: that of ``leadposts.json``, too.
NAMES: Final = (*MADE, "leadposts")


def make_schema(name: str) -> str:
    """Return the schema ``name`` as JSON text, made from the declarations."""
    # Loaded late: they stand on pydantic, which other commands can do without.
    from sphinx_leadposts.reading.registries import make_registry_schema  # noqa: PLC0415
    from sphinx_leadposts.reading.schema import (  # noqa: PLC0415
        make_front_matter_schema,
    )

    is_registry = name != "front-matter"
    schema = make_registry_schema(name) if is_registry else make_front_matter_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def read_schema(name: str) -> str:
    """Return the schema ``name`` as the package carries it."""
    path = resources.files("sphinx_leadposts") / "schemas" / f"{name}.schema.json"
    return path.read_text("utf-8")
