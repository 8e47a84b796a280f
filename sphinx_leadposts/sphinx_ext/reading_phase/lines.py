"""Lines of links: where their source spells what they lead to."""

from __future__ import annotations

import functools
import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from sphinx_leadposts.model.web import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docutils import nodes

    from sphinx_leadposts.model.link import Link

#: No longer URL begins with the one that was found, nor a longer name.
_END_OF_URL: Final = re.compile(r"(?![\w/%#=&~+-]|[.,;:!?][\w/])")
_END_OF_NAME: Final = re.compile(r"(?=[)>`#\s]|\.(?:md|rst|ipynb)\b)")
_END_OF_LINE: Final = re.compile(r"\s*$")
#: What stands before each of them; nothing does at the beginning of a line.
_BEFORE_URL: Final = "(<\"'"
_BEFORE_NAME: Final = "(<`/:#"
_SPACE: Final = " \t"
#: Of the options of ``call-to-action``, ``:button:`` and ``:second-button:``.
_BEFORE_BUTTON: Final = ":-"
#: Before what a name is part of: the rest of its path, the scheme before it.
_BEFORE_HEAD: Final = re.compile(r"[\s(<`]")
#: ``[label]: URL``, to which ``[text][label]`` leads.
_DEFINITION: Final = re.compile(
    r"^[ \t>]*\[(?P<label>[^\]\n]+)\]:[ \t]*<?(?P<url>[^\s>]+)", re.MULTILINE
)


class LineFinder:
    """Finds the lines of links; a paragraph's nodes know only where that begins.

    :param text: the source of the document.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        #: Line and column behind the last link found, by paragraph and target.
        self._last: dict[tuple[int, str], tuple[int, int]] = {}

    def place(self, link: Link, node: nodes.Node) -> Link:
        """Return ``link``, which comes from ``node``, with its line."""
        start = find_line(node)
        if start is None:
            return link
        if self._is_alone(start):
            return replace(link, line=start)
        is_url = is_web_address(link.target)
        # What says itself, such as a bare URL, may stand there without any sign.
        is_bare = node.astext() == link.target
        spellings = self._spell_url(link, is_bare) if is_url else _spell(link, is_bare)
        key = link.target if is_url else spellings[0].text
        # Where nothing has the look of a link, whatever spells it.
        loose = [replace(spelling, end=None) for spelling in spellings]
        line = self._find(spellings, start, key) or self._find(loose, start, key)
        return replace(link, line=line or start)

    def _spell_url(self, link: Link, is_bare: bool) -> list[_Spelling]:
        # A role may have a URL for a name.
        before = _BEFORE_URL if link.kind == "url" else _BEFORE_NAME
        before += _SPACE if is_bare and link.kind != "guide" else ""
        # A parser may have encoded what the author did not.
        urls = dict.fromkeys((link.target, unquote(link.target)))
        labels = dict.fromkeys(x for url in urls for x in self._labels.get(url, ()))
        return [
            *(
                _Spelling(text=url, before=before, end=_END_OF_URL, is_cased=True)
                for url in urls
            ),
            *(_Spelling(text=f"[{label}]") for label in labels),
        ]

    def _find(self, spellings: Sequence[_Spelling], start: int, key: str) -> int | None:
        """Return the line at or below ``start`` that spells the next such link."""
        first, column = self._last.get((start, key), (start, 0))
        for line, text in self._list_paragraph(start, first):
            begin = column if line == first else 0
            if ends := [end for s in spellings if (end := s.find(text, begin)) >= 0]:
                self._last[start, key] = (line, min(ends))
                return line
        return None

    def _is_alone(self, line: int) -> bool:
        """Tell whether a paragraph has but one line, as in most posts."""
        return line >= len(self._lines) or not self._lines[line].strip()

    def _list_paragraph(self, start: int, first: int) -> Iterator[tuple[int, str]]:
        """Yield the lines of the paragraph at ``start``, from ``first`` on."""
        for line in range(first, len(self._lines) + 1):
            text = self._lines[line - 1]
            if line > start and not text.strip():
                return
            yield line, text

    @functools.cached_property
    def _lines(self) -> Sequence[str]:
        return self._text.split("\n")

    @functools.cached_property
    def _labels(self) -> Mapping[str, Sequence[str]]:
        """The labels by which links of the document name each URL."""
        labels: defaultdict[str, list[str]] = defaultdict(list)
        for match in _DEFINITION.finditer(self._text):
            labels[match["url"]].append(match["label"])
        return labels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    """How a link is spelled: behind one of ``before``, ahead of ``end``.

    Without ``end``, wherever it stands. A name with a ``folder`` is not found in a
    path that leads through another one.
    """

    text: str
    before: str = ""
    end: re.Pattern[str] | None = None
    folder: str | None = None
    is_cased: bool = False

    def find(self, text: str, begin: int) -> int:
        """Return where the first one from ``begin`` on ends, -1 for none."""
        spelling, words = self.text, text
        if not self.is_cased:
            spelling, words = spelling.lower(), words.lower()
        place = words.find(spelling, begin)
        while place >= 0 and not self._is_link(words, place):
            place = words.find(spelling, place + 1)
        return place + len(spelling) if place >= 0 else -1

    def _is_link(self, text: str, place: int) -> bool:
        if self.end is None:
            return True
        is_opened = text[place - 1 : place] in self.before
        is_ended = self.end.match(text, place + len(self.text))
        return is_opened and bool(is_ended) and self._is_in_folder(text, place)

    def _is_in_folder(self, text: str, place: int) -> bool:
        if self.folder is None:
            return True
        head = _BEFORE_HEAD.split(text[:place])[-1]
        folder = posixpath.basename(head.removesuffix("/")).rpartition(":")[2]
        return "://" not in head and folder in {"", ".", "..", "#", self.folder}


def _spell(link: Link, is_bare: bool) -> list[_Spelling]:
    """Return how the source may spell a name; of a docname, only the last part."""
    folder, name = posixpath.split(link.target.lower())
    folder = posixpath.basename(folder)
    found = [_Spelling(text=name, before=_BEFORE_NAME, end=_END_OF_NAME, folder=folder)]
    if is_bare and link.kind == "name":
        text = f"button: {link.target}"
        found += [_Spelling(text=text, before=_BEFORE_BUTTON, end=_END_OF_LINE)]
    return found


def find_line(node: nodes.Node) -> int | None:
    """Return the line of ``node``, or of what it stands in."""
    found: nodes.Node | None = node
    while found is not None:
        if found.line:
            return found.line
        found = found.parent
    return None
