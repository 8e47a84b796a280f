"""What can be read, key by key, of front matter that cannot be parsed as a whole."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx_leadposts.reading.spelled import Spelled

#: Tables of TOML in which Zola and Hugo keep keys that stand at the top elsewhere.
TOP_TABLES: Final = ("taxonomies", "extra", "params")

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_QUOTED: Final = re.compile(r"""^(['"])(.*)\1$""", re.DOTALL)
_COMMENT: Final = re.compile(r"(?:^|\s)#.*")
_TABLE: Final = re.compile(r"^\s*\[+\s*([\w.\"'-]+)\s*\]+\s*(?:#.*)?$")
#: Anchors, tags and the sign of a block scalar: the value stands in the lines below.
_BELOW: Final = re.compile(r"(?:[&!]\S+\s*)*(?:[|>][-+\d]*)?")
_ITEM: Final = re.compile(r"""("[^"]*"|'[^']*'|[^,"'\s][^,]*)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A key with the text behind it, up to the next key; ``line`` counts from 0."""

    name: str
    line: int
    text: str

    @property
    def last_line(self) -> int:
        """The last line of the chunk that is not empty, counted from its first."""
        return self.text.rstrip().count("\n")


def split_lines(text: str) -> list[str]:
    """Return the lines of ``text`` with their ends, as Sphinx and editors count them.

    ``str.splitlines`` would also cut at signs that end no line of a file.
    """
    return _LINE.findall(text)


def cut_keys(content: str, separator: str) -> list[Chunk]:
    """Return each key with the text behind it."""
    lines = split_lines(content.expandtabs(2))
    starts = find_key_lines(content, separator)
    ends = [number for _, number in starts[1:]] + [len(lines)]
    return [
        Chunk(
            name=name,
            line=start,
            text="".join(lines[start:end]).split(separator, 1)[1],
        )
        for (name, start), end in zip(starts, ends, strict=False)
    ]


def find_key_lines(content: str, separator: str) -> list[tuple[str, int]]:
    """Return each key with its line, from 0.

    Keys stand at the margin; an indented one counts where the key before it has its
    whole value on its own line, and so cannot have keys below it. In TOML, those of
    tables that mean nothing at the top do not count.
    """
    found: list[tuple[str, int]] = []
    key = _key_pattern(separator)
    margin = 80
    goes_on = is_foreign = False
    for number, line in enumerate(split_lines(content.expandtabs(2))):
        if separator == "=" and (header := _TABLE.match(line)):
            is_foreign = header[1] not in TOP_TABLES
            continue
        match = key.match(line)
        if match is None or is_foreign:
            continue
        indent = len(match["indent"])
        if goes_on and indent > margin:
            continue
        margin = min(margin, indent)
        found.append((match["name"], number))
        goes_on = _goes_on(line[match.end() :])
    return found


def find_stray_line(content: str, end: int) -> int | None:
    """Return the first line before ``end`` that says something, from 0."""
    for number, line in enumerate(split_lines(content)[:end]):
        if line.strip() and not line.lstrip().startswith("#"):
            return number
    return None


def read_plain(text: str) -> Spelled:
    """Return the value of a key that is no YAML: plain text, unquoted.

    What looks like a list or a mapping becomes one, with plain texts in it.
    """
    first, *below = split_lines(text) or [""]
    below = [line for line in below if _COMMENT.sub("", line).strip()]
    if _BELOW.fullmatch(first.strip()):
        body = textwrap.dedent("".join(below))
        if body.startswith("-"):
            return [_read_item(item) for item in re.split(r"(?m)^-(?=\s)", body)[1:]]
        if inner := cut_keys(body, ":"):
            return {chunk.name: read_plain(chunk.text) for chunk in inner}
    # A line at the margin is not part of a value.
    more = [line.strip() for line in below if line[:1].isspace()]
    plain = " ".join([first.strip(), *more]).strip()
    if plain.startswith("[") and ("]" not in plain or plain.endswith("]")):
        return [_unquote(item.strip()) for item in _ITEM.findall(plain.strip("[]"))]
    return _unquote(plain) or None


def _read_item(text: str) -> Spelled:
    chunks = cut_keys(text, ":")
    # On one line, a colon is more likely part of a name.
    if len(chunks) > 1 and chunks[0].line == 0:
        return {chunk.name: read_plain(chunk.text) for chunk in chunks}
    return read_plain(text)


def _unquote(text: str) -> str:
    if quoted := _QUOTED.match(text):
        return quoted[2]
    if text[:1] in {"'", '"'} and text.count(text[0]) == 1:
        return text[1:]  # never closed
    return text if {"'", '"'} & set(text) else _COMMENT.sub("", text)


def _goes_on(value: str) -> bool:
    """Tell whether a value that begins so can go on in the lines below it."""
    value = _COMMENT.sub("", value).strip()
    if _BELOW.fullmatch(value):
        return True
    if value[0] in "\"'":
        return len(value) == 1 or not value.endswith(value[0])
    opened = sum(map(value.count, "[{")) - sum(map(value.count, "]}"))
    return value[0] in "[{" and opened > 0


def _key_pattern(separator: str) -> re.Pattern[str]:
    # A colon parts a key from its value only before a space or the end of the line.
    # Where one of these keys was meant, a post must not get out for want of a space.
    hold = r"(?<=(?i:\bdraft:))|(?<=(?i:\bpublished:))"
    behind = rf"(?:(?=\s|$)|{hold})" if separator == ":" else ""
    return re.compile(
        r"""^(?P<indent>\s*)(['"]?)(?P<name>[^\W\d][\w.-]*)\2\s*"""
        rf"{re.escape(separator)}{behind}"
    )
