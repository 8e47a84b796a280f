"""The Nu Html Checker, which reads the HTML of pages."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

from tests.audits.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bs4 import Tag

    #: Line and column, both from one.
    Position = tuple[int, int]


def judge_files(command: Sequence[str], files: Iterable[Path]) -> list[Finding]:
    """Return the errors, warnings and hints of the checker."""
    done = subprocess.run(
        [*command, "--format", "json", "--exit-zero-always", "--stdout", *files],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [_read_message(message) for message in json.loads(done.stdout)["messages"]]


def _read_message(message: dict[str, Any]) -> Finding:
    path = Path(message["url"].removeprefix("file:"))
    line = message.get("firstLine", message.get("lastLine", 0))
    first = (line, message.get("firstColumn", 0))
    last = (message.get("lastLine", 0), message.get("lastColumn", 0))
    extract = message.get("extract", "")
    start = message.get("hiliteStart", 0)
    marked = extract[start : start + message.get("hiliteLength", 0)]
    return Finding(
        rule=f"{message.get('subType', message['type'])}: {message['message']}",
        place=_find_place(path, first, last) or marked,
        page=f"{path.parent.name}/{path.name}",
        words=f"line {line}: {extract.strip()}",
    )


def _find_place(path: Path, first: Position, last: Position) -> str:
    """Return the place of the element that begins within a stretch of a file.

    Where none does, as with an end tag, that of the last one before.
    """
    places = find_places(path)
    within = min((at for at in places if first <= at <= last), default=None)
    before = max((at for at in places if at < first), default=None)
    found = within or before
    return places[found] if found else ""


@cache
def find_places(path: Path) -> dict[Position, str]:
    """Return the place of each element of a file, by where it begins."""
    tree = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return {
        (element.sourceline or 0, (element.sourcepos or 0) + 1): _name_place(element)
        for element in tree.find_all(True)
    }


def _name_place(element: Tag) -> str:
    around = [parent for parent in element.parents if parent.name != "[document]"]
    names = [
        ".".join([tag.name, *sorted(tag.get_attribute_list("class"))])
        for tag in [*reversed(around), element]
    ]
    return " > ".join(names)
