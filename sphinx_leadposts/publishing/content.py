"""The body of a post, as Sphinx rendered it, made fit for readers of feeds."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

if TYPE_CHECKING:
    Attributes = list[tuple[str, str | None]]


def _name(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: What no reader of feeds runs, applies or shows.
_NEVER: Final = _name("script style template")
_RAW: Final = _name("script style")
_URLS: Final = _name("cite formaction href longdesc poster src xlink:href")
#: Attributes that hold a URL in one element, and anything in others.
_URLS_OF: Final = {"action": "form", "data": "object"}
#: In SVG these point to a part of the same drawing, which comes along.
_SAME_DRAWING: Final = _name(
    "use textpath mpath pattern filter lineargradient radialgradient"
)
#: A scheme, but not that of `https:page.html`, which is relative (RFC 3986, 5.2.2).
_SCHEME: Final = re.compile(r"(?!https?:(?!//))[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: What browsers strip from a URL, and what they take out of it (WHATWG URL, 4.4).
_AROUND: Final = "".join(map(chr, range(33)))
_WITHIN: Final = str.maketrans("", "", "\t\n\r")
#: A candidate of `srcset`: a URL, and what is said of it (HTML, 4.8.4.2.2). A comma
#: behind a URL ends the candidate, and one between brackets ends nothing.
_CANDIDATE: Final = re.compile(
    r"[ \t\n\f\r,]*([^ \t\n\f\r,][^ \t\n\f\r]*)"
    r"((?<!,)[ \t\n\f\r][^,(]*(?:\([^)]*\)?[^,(]*)*)?"
)
_BETWEEN: Final = " \t\n\f\r,"
_MARKUP: Final = re.compile("<[a-zA-Z/!?]")
_COMMENT_END: Final = re.compile("--!?>")


def publish_html(html: str, page_url: str) -> str:
    """Return the HTML of a body such that it can be read away from its page.

    Addresses become absolute. Scripts, styles, templates, comments and links to
    headings are left out.

    :param page_url: the absolute URL of the page.
    """
    publisher = _Publisher(page_url)
    publisher.publish(html)
    return "".join(publisher.parts)


class _Publisher(HTMLParser):
    """Copies HTML into ``parts``, tag by tag."""

    def __init__(self, page_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._page_url = page_url
        #: The name of the element that is being left out, and how many are open.
        self._hidden = ""
        self._depth = 0

    def publish(self, html: str) -> None:
        # Behind the last `>` no tag can end: browsers leave out what begins one there.
        # The parser would look for the end of each, and make text of them.
        end = html.rfind(">") + 1
        self.feed(html[:end])
        rest = _MARKUP.split(self.rawdata + html[end:], maxsplit=1)[0]
        self.handle_data(unescape(rest))

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._hidden == tag == "a":
            # A link ends where the next begins.
            self._hidden = ""
        if self._hidden:
            self._depth += tag == self._hidden
        elif tag in _NEVER or _is_headerlink(tag, attrs):
            self._hidden, self._depth = tag, 1
        else:
            self.parts.append(self._write_tag(tag, attrs, ">"))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if tag in _NEVER:
            # The slash means something in drawings and formulas alone.
            self.handle_starttag(tag, attrs)
            self.set_cdata_mode(tag)
        elif not self._hidden:
            self.parts.append(self._write_tag(tag, attrs, " />"))

    def handle_endtag(self, tag: str) -> None:
        if not self._hidden:
            self.parts.append(f"</{tag}>")
        elif tag == self._hidden:
            self._depth -= 1
            if not self._depth:
                self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(escape(data, quote=False))

    # Python's own of the next three stop at `<![if …]>`, look to the very end for each
    # comment without one, and know other elements of raw text in each version.

    def parse_html_declaration(self, i: int) -> int:
        return self.rawdata.find(">", i) + 1

    def parse_comment(self, i: int, report: bool = True) -> int:
        # From the third character, since `<!-->` is a whole one.
        found = _COMMENT_END.search(self.rawdata, i + 2)
        return found.end() if found else -1

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        if elem in _RAW:
            super().set_cdata_mode(elem)

    def _write_tag(self, tag: str, attrs: Attributes, end: str) -> str:
        published = [(name, self._publish(tag, name, value)) for name, value in attrs]
        if published == attrs:
            return self.get_starttag_text() or ""
        marks = [
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in published
        ]
        return f"<{tag}{''.join(marks)}{end}"

    def _publish(self, tag: str, name: str, value: str | None) -> str | None:
        """Return the value of an attribute, its addresses absolute."""
        if value is None:
            return None
        if name == "srcset":
            return ", ".join(
                f"{self._locate(url.rstrip(','))} {said.strip()}".rstrip()
                for url, said in _CANDIDATE.findall(value.strip(_BETWEEN))
            )
        is_url = name in _URLS or _URLS_OF.get(name) == tag
        if tag in _SAME_DRAWING and value.lstrip().startswith("#"):
            is_url = False
        return self._locate(value) if is_url else value

    def _locate(self, url: str) -> str:
        plain = url.strip(_AROUND).translate(_WITHIN)
        # Of nothing, browsers make no picture, but they would make one of the page.
        if not plain or _SCHEME.match(plain):
            return url
        try:
            return urljoin(self._page_url, plain)
        except ValueError:
            return url


def _is_headerlink(tag: str, attrs: Attributes) -> bool:
    # Of two attributes with one name, the first counts.
    classes = dict(reversed(attrs)).get("class") or ""
    return tag == "a" and "headerlink" in classes.split()
