"""The front matter of a Jupyter notebook: its metadata, or its first cell.

https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinx_leadposts.reading.frontmatter import (
    FrontMatter,
    mend_front_matter,
    read_front_matter,
)
from sphinx_leadposts.reading.spelled import spell

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What Jupyter itself keeps in the metadata.
_JUPYTER = frozenset({"kernelspec", "language_info", "jupytext", "widgets"})


def read_notebook(text: str) -> FrontMatter | None:
    """Return the front matter of the notebook ``text``, ``None`` where it has none.

    A block at the head of the first cell goes before the notebook's own metadata. Its
    lines count within that cell.
    """
    content = _load(text)
    metadata = {
        str(name): spell(value)
        for name, value in content.get("metadata", {}).items()
        if name not in _JUPYTER
    }
    block = read_front_matter(_read_first_cell(content))
    if block is None:
        return FrontMatter(values=metadata) if metadata else None
    return replace(block, values={**metadata, **block.values}, is_sound=False)


def mend_notebook(text: str, front_matter: FrontMatter) -> str:
    """Return the notebook without the block in its first cell.

    MyST-NB reads the metadata only, and would show the block as text.
    """
    content = _load(text)
    cell = _read_first_cell(content)
    if not front_matter.length:
        return text
    body = mend_front_matter(cell, front_matter).split("\n")[front_matter.length :]
    content["cells"][0]["source"] = "\n".join([""] * front_matter.length + body)
    content["metadata"] = {**content.get("metadata", {}), **front_matter.values}
    return json.dumps(content)


def _load(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict) or not isinstance(content.get("metadata"), dict):
        return {}
    return content


def _read_first_cell(content: Mapping[str, Any]) -> str:
    try:
        first = content["cells"][0]
        source = first["source"]
    except (KeyError, IndexError, TypeError):
        return ""
    if first.get("cell_type") not in {"markdown", "raw"}:
        return ""
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))
