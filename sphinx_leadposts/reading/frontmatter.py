"""The block at the head of a source file, with every scalar as it was spelled.

The block is found by the rule that MyST itself uses (``mdit_py_plugins.front_matter``),
so that what MyST takes for front matter is front matter here; beside it, blocks that
other generators take: TOML between ``+++``, and a block after blank lines. YAML alone
would make of the tags ``[3.10, no, 0123]`` 3.1, False and 83; so scalars are kept as
text, and get their type from the key they stand under.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from sphinx_leadposts.reading import rescue, toml, yamltext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_leadposts.reading.spelled import Spelled

_HEAD: Final = re.compile(
    r"\ufeff?(?P<blank>(?:[ \t]*\n)*)(?P<fence>-{3,}|\+{3}(?=[ \t]*(?:\n|\Z)))"
)
_YAML_CLOSING: Final = re.compile(r"^(?: {0,3}(-{3,})|(\.\.\.))\s*$")
_NEWLINE: Final = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Where a block stands: its text, the lines before it, all lines up to its end."""

    content: str
    offset: int
    length: int
    is_toml: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stood between the fences.

    ``lines`` maps each key to the line of the file it stands on, from 1; ``length``
    is the number of lines up to the end of the block. ``is_sound`` is false where
    MyST, which types scalars as YAML does, would lose the block; ``typed`` has then
    what YAML can type of it. ``error`` says why the block could not be parsed as a
    whole, ``error_line`` where; its keys were then read one by one. ``repeated`` has
    the keys that stand more than once.
    """

    values: Mapping[str, Spelled] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    length: int = 0
    is_sound: bool = True
    typed: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None
    error_line: int = 1
    repeated: tuple[str, ...] = ()


def read_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter of ``text``, ``None`` where it has none."""
    block = _cut_block(_NEWLINE.sub("\n", text))
    if block is None:
        return None
    return _read_toml(block) if block.is_toml else _read_yaml(block)


def mend_front_matter(text: str, front_matter: FrontMatter) -> str:
    """Return ``text`` with a block of as many lines that YAML can type.

    For MyST, which would lose the whole block over one value: what could be typed
    stays, the line numbers of all later messages stay right, and nothing of the block
    shows in the page.
    """
    lines = rescue.split_lines(text)
    # JSON is YAML, and fits on the one line that every block has, if it is not empty.
    room = front_matter.length - 2
    typed = {n: v for n, v in front_matter.typed.items() if _is_small(v)}
    content = json.dumps(typed, default=str, skipkeys=True) if room else ""
    # Where the file ends with the block, its last line may have no end.
    last = lines[front_matter.length - 1]
    end = last[len(last.rstrip("\r\n")) :]
    mended = ["---\n", content, "\n" * room, f"---{end}"]
    return "".join(mended + lines[front_matter.length :])


def _is_small(value: object) -> bool:
    """Tell whether ``value`` is no more than anybody would write.

    Anchors can put a value into itself, or a billion times into another.
    """
    found = [(value, 0)]
    for _ in range(10_000):
        if not found:
            return True
        item, depth = found.pop()
        if depth > 100:
            return False
        if isinstance(item, dict | list):
            items = item.values() if isinstance(item, dict) else item
            found.extend((inner, depth + 1) for inner in items)
    return False


def _cut_block(text: str) -> Block | None:
    head = _HEAD.match(text)
    if head is None:
        return None
    is_toml = head["fence"].startswith("+")
    before = head["blank"].count("\n")
    lines = rescue.split_lines(text)
    for number, line in enumerate(lines[before + 1 :], start=before + 1):
        if not _closes(line, head["fence"], is_toml=is_toml):
            continue
        content = "".join(lines[before + 1 : number])
        # A rule, some text and another rule are no block: MyST wants it on line one.
        # Nor is what stands between two block breaks of MyST, which are "+++" too.
        if (before or is_toml) and not _looks_like_keys(content, is_toml=is_toml):
            return None
        return Block(
            content=content, offset=before + 2, length=number + 1, is_toml=is_toml
        )
    return None


def _closes(line: str, fence: str, *, is_toml: bool) -> bool:
    if is_toml:
        return line.rstrip() == "+++"
    closing = _YAML_CLOSING.match(line)
    return bool(closing and (closing[2] or len(closing[1]) >= len(fence)))


def _looks_like_keys(content: str, *, is_toml: bool) -> bool:
    if is_toml:
        lines = [line.strip() for line in rescue.split_lines(content)]
        first = next((line for line in lines if line and line[0] != "#"), "=")
        return "=" in first or first.startswith("[")
    return re.match(r"\s*[\w-]+\s*:(\s|$)", content) is not None


# YAML -------------------------------------------------------------------------------


def _read_yaml(block: Block) -> FrontMatter:
    try:
        node = yamltext.parse_yaml(block.content)
    except yamltext.YamlError as error:
        return _rescue(block, str(error), block.offset + error.line)
    if node is None:
        return FrontMatter(length=block.length, is_sound=block.offset == 2)
    if not isinstance(node, yaml.MappingNode):
        return _rescue(block, "it is no list of keys", block.offset)
    # Before YAML's constructor, which merges "<<" into the node itself.
    values = yamltext.Speller(block.content).spell_mapping(node)
    keys = [
        (str(key.value), key.start_mark.line + block.offset)
        for key, _ in node.value
        if isinstance(key, yaml.ScalarNode)
    ]
    typed = yamltext.construct_mapping(node)
    is_sound = block.offset == 2 and typed is not None
    return FrontMatter(
        values=values,
        lines=dict(keys),
        length=block.length,
        is_sound=is_sound,
        typed={} if is_sound else yamltext.construct_items(node),
        repeated=_find_repeated([name for name, _ in keys]),
    )


# Other forms ------------------------------------------------------------------------


def _read_toml(block: Block) -> FrontMatter:
    lines = rescue.find_key_lines(block.content, "=")
    try:
        values = toml.read_toml(block.content)
    except toml.TomlError as error:
        return _rescue(block, str(error), block.offset + error.line)
    return FrontMatter(
        values=values,
        lines={name: line + block.offset for name, line in lines},
        length=block.length,
        is_sound=False,
        typed=values,
    )


def _rescue(block: Block, why: str, line: int) -> FrontMatter:
    """Read the block key by key, where it cannot be read as a whole.

    ``why`` and ``line`` are those of the parser, which may notice a fault only far
    behind it: a key that cannot be read by itself either tells more.
    """
    chunks = rescue.cut_keys(block.content, "=" if block.is_toml else ":")
    values: dict[str, Spelled] = {}
    faults: list[tuple[str, int]] = []
    for chunk in chunks:
        try:
            values[chunk.name] = _read_chunk(chunk, is_toml=block.is_toml)
        except (yamltext.YamlError, toml.TomlError) as error:
            values[chunk.name] = rescue.read_plain(chunk.text)
            # An alias is not known where its anchor stands in another key.
            if "undefined alias" not in str(error) or "undefined alias" in why:
                within = min(error.line, chunk.last_line)
                faults.append((str(error), block.offset + chunk.line + within))
    stray = rescue.find_stray_line(block.content, chunks[0].line if chunks else 0)
    if stray is not None and not block.is_toml:
        faults.insert(0, (why, block.offset + stray))
    why, line = faults[0] if faults else (why, line)
    return FrontMatter(
        values=values,
        lines={chunk.name: chunk.line + block.offset for chunk in chunks},
        length=block.length,
        is_sound=False,
        typed=values,
        error=why,
        error_line=line,
        repeated=_find_repeated([chunk.name for chunk in chunks]),
    )


def _read_chunk(chunk: rescue.Chunk, *, is_toml: bool) -> Spelled:
    """Read one key of a block that is broken elsewhere, or here."""
    if is_toml:
        return toml.read_toml(f'"{chunk.name}" ={chunk.text}')[chunk.name]
    text = f"{chunk.name}:{chunk.text}"
    node = yamltext.parse_yaml(text)
    if not isinstance(node, yaml.MappingNode):
        message = "it is no list of keys"
        raise yamltext.YamlError(message)
    return yamltext.Speller(text).spell_mapping(node).get(chunk.name)


def _find_repeated(names: list[str]) -> tuple[str, ...]:
    counts = Counter(name for name in names if name != "<<")
    return tuple(name for name, count in counts.items() if count > 1)
