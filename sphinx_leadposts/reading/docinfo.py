"""The field list at the head of a reStructuredText document.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#bibliographic-fields
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.reading.frontmatter import FrontMatter

if TYPE_CHECKING:
    from sphinx_leadposts.reading.spelled import Spelled

_FIELD: Final = re.compile(r"^:(?P<name>[^:\s][^:]*):(?:\s+(?P<value>.*))?$")
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")
#: What may stand before the list: nothing, comments.
_BEFORE: Final = re.compile(r"^\s*$|^\.\.(\s|$)|^\s+\S")


def read_docinfo(text: str) -> FrontMatter | None:
    """Return the field list that opens ``text``, ``None`` where there is none.

    A value is a text; one with commas, or one bullet list, is a list for the keys that
    take one.
    """
    lines = (
        text.removeprefix("\ufeff")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .split("\n")
    )
    start = next((n for n, line in enumerate(lines) if _FIELD.match(line)), None)
    if start is None or not all(_BEFORE.match(line) for line in lines[:start]):
        return None
    values: dict[str, Spelled] = {}
    places: dict[str, int] = {}
    names: list[str] = []
    number = start
    while number < len(lines) and (match := _FIELD.match(lines[number])):
        end = _find_end(lines, number + 1)
        name = match["name"].strip()
        body = [match["value"] or "", *lines[number + 1 : end]]
        values[name] = _read_body(body)
        places[name] = number + 1
        names.append(name)
        number = end
    repeated = tuple(name for name, count in Counter(names).items() if count > 1)
    return FrontMatter(values=values, lines=places, length=number, repeated=repeated)


def _find_end(lines: list[str], start: int) -> int:
    """Return the line at which the field ends that goes on at ``start``."""
    number = start
    while number < len(lines) and (
        lines[number].startswith((" ", "\t"))
        or (
            not lines[number].strip()
            and number + 1 < len(lines)
            and lines[number + 1].startswith((" ", "\t"))
        )
    ):
        number += 1
    return number


def _read_body(lines: list[str]) -> Spelled:
    texts = [line.strip() for line in lines if line.strip()]
    if texts and all(text.startswith(("- ", "* ")) for text in texts):
        return [text[2:].strip() for text in texts]
    return " ".join(texts) or None
