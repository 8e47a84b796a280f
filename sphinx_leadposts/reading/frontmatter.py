"""The block at the head of a source file, with every scalar as it was spelled.

The block is found by the rule that MyST itself uses (``mdit_py_plugins.front_matter``),
so that what MyST takes for front matter is front matter here. YAML alone would make of
the tags ``[3.10, no, 0123]`` 3.1, False and 83; so scalars are kept as text, and get
their type from the key they stand under.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A scalar as spelled, a list or a mapping of them, or ``None`` for YAML's null.
Spelled = str | list["Spelled"] | dict[str, "Spelled"] | None

_CLOSING: Final = re.compile(r"^(?: {0,3}(-{3,})|(\.\.\.))\s*$")
_OPENING: Final = re.compile(r"^-{3,}")
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
#: libyaml parses ten times as fast; it is missing from some builds of PyYAML.
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stood between the fences.

    ``lines`` maps each key to the line of the file it stands on, from 1; ``length``
    is the number of lines of the block with its fences. ``is_sound`` is false where
    MyST, which types scalars as YAML does, would lose the block; ``typed`` has then
    what YAML can type of it. ``error`` says why the block could not be read at all,
    ``error_line`` where.
    """

    values: Mapping[str, Spelled] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    length: int = 0
    is_sound: bool = True
    typed: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None
    error_line: int = 1


def read_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter of ``text``, ``None`` where it has none."""
    block = _cut_block(text)
    if block is None:
        return None
    content, length = block
    loader = _Loader(content)
    try:
        node = loader.get_single_node()
    except (yaml.YAMLError, ValueError) as error:
        return FrontMatter(
            length=length,
            is_sound=False,
            error=_say_why(error),
            error_line=_find_error_line(error),
        )
    finally:
        loader.dispose()
    if node is None:
        return FrontMatter(length=length)
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter(
            length=length,
            is_sound=False,
            error="it is not a list of 'key: value' lines",
        )
    is_sound = _construct(node) is not None
    return FrontMatter(
        values=_spell_mapping(node, depth=0),
        lines={
            key.value: key.start_mark.line + 2
            for key, _ in node.value
            if isinstance(key, yaml.ScalarNode)
        },
        length=length,
        is_sound=is_sound,
        typed={} if is_sound else _construct_items(node),
    )


def mend_front_matter(text: str, front_matter: FrontMatter) -> str:
    """Return ``text`` with a block of as many lines that YAML can type.

    For MyST, which would lose the whole block over one value: what could be typed
    stays, the line numbers of all later messages stay right, and nothing of the block
    shows in the page.
    """
    if front_matter.length < 3:
        return text  # nothing stands between the fences
    lines = text.splitlines(keepends=True)
    # JSON is YAML, and fits on the one line that every block has.
    content = json.dumps(front_matter.typed, default=str)
    mended = ["---\n", content, "\n" * (front_matter.length - 2), "---\n"]
    return "".join(mended + lines[front_matter.length :])


def _cut_block(text: str) -> tuple[str, int] | None:
    opening = _OPENING.match(text)
    if opening is None:
        return None
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines[1:], start=1):
        closing = _CLOSING.match(line)
        if closing is None:
            continue
        if closing[2] or len(closing[1]) >= len(opening[0]):
            return "".join(lines[1:number]), number + 1
    return None


def _spell(node: yaml.Node, depth: int) -> Spelled:
    # A document of a few lines can nest without end through anchors.
    if depth > 20:
        return None
    if isinstance(node, yaml.MappingNode):
        return _spell_mapping(node, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_spell(child, depth + 1) for child in node.value]
    text = str(node.value)
    # libyaml says "" of a plain scalar, the Python parser None.
    plain = not getattr(node, "style", None)
    return None if plain and text in _NULL else text


def _spell_mapping(node: yaml.MappingNode, depth: int) -> dict[str, Spelled]:
    return {
        str(key.value): _spell(value, depth + 1)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    }


def _construct(node: yaml.MappingNode) -> dict[Any, Any] | None:
    """Return what YAML's own types make of ``node``, ``None`` where they fail."""
    constructor: Any = yaml.constructor.SafeConstructor()
    try:
        content = constructor.construct_document(node)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError):
        return None
    return content if isinstance(content, dict) else None


def _construct_items(node: yaml.MappingNode) -> dict[str, Any]:
    """Return those items of ``node`` that YAML's own types can be made of."""
    items: dict[str, Any] = {}
    for key, value in node.value:
        single = yaml.MappingNode(node.tag, [(key, value)])
        typed = _construct(single) or {}
        items |= {name: typed[name] for name in typed if isinstance(name, str)}
    return items


def _say_why(error: Exception) -> str:
    problem = getattr(error, "problem", None)
    return str(problem or error).split("\n", maxsplit=1)[0]


def _find_error_line(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 2 if mark else 1
