"""Blocks of links to read next, as nodes that every builder knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.lists import format_list
from docutils import nodes
from sphinx import addnodes

from sphinx_leadposts.sphinx_ext.call import make_call
from sphinx_leadposts.sphinx_ext.nodes import join_nodes, link_archive, link_page
from sphinx_leadposts.sphinx_ext.texts import read_text, read_title
from sphinx_leadposts.sphinx_ext.writing_phase.wording import _, find_locale, format_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx_leadposts.config import LeadpostsConfig
    from sphinx_leadposts.model.leading import ReadingPart
    from sphinx_leadposts.model.shown import Call, Intro, Lead, Reading
    from sphinx_leadposts.sphinx_ext.nodes import placeholder

READING_CLASS: Final = "leadposts-further-reading"
#: Stands for a link while the words between links are made.
_MARK: Final = "\x00"


class ReadingWriter:
    """Makes nodes of links to read next; none has a source, so gettext takes no text.

    :param config: the values of the blog.
    :param language: Sphinx's name of the language.
    :param frame: puts a title above links.
    """

    def __init__(
        self,
        config: LeadpostsConfig,
        language: str,
        frame: Callable[[str, nodes.Node], nodes.Node],
    ) -> None:
        self._config = config
        self._language = language
        self._frame = frame

    def list_items(
        self, leads: Iterable[Lead], written: Sequence[nodes.Node], docname: str
    ) -> nodes.bullet_list:
        """Return an item for each of ``leads``, in ``docname``.

        ``written`` are the items of the author's: those are shown as they were
        written, with what is known of the target where they say nothing of it.
        """
        items = nodes.bullet_list()
        for lead in leads:
            item = written[lead.item] if lead.item is not None else None
            if not isinstance(item, nodes.list_item):
                item = nodes.list_item(
                    "", nodes.paragraph("", "", link_lead(lead, docname))
                )
            if lead.description and not _says_more(item):
                style = f"{READING_CLASS}-description"
                item += nodes.paragraph("", lead.description, classes=[style])
            if lead.reviewed:
                text = f"{_('Reviewed')} {self._say_day(lead)}"
                style = f"{READING_CLASS}-reviewed"
                item += nodes.paragraph("", text, classes=[style])
            items += item
        return items

    def write(
        self, part: ReadingPart, reading: Reading, node: placeholder
    ) -> list[nodes.Node]:
        """Return a block of further reading in place of ``node``: a list, or a line."""
        if not reading.leads:
            return []
        title, written = get_reading_title(part), list(node.children)
        if part.layout == "sentence":
            return [self._write_sentence(title, reading.leads, written, node.docname)]
        items = self.list_items(reading.leads, written, node.docname)
        return [self._frame(title, items)]

    def _write_sentence(
        self,
        title: str,
        leads: Sequence[Lead],
        written: Sequence[nodes.Node],
        docname: str,
    ) -> nodes.paragraph:
        """Return ``title``, then the links, joined as people speak."""
        sentence = nodes.paragraph("", classes=[f"{READING_CLASS}-sentence"])
        sentence += [nodes.strong("", f"{title}{_(':')}"), nodes.Text(" ")]
        links = [self._find_link(lead, written, docname) for lead in leads]
        words = format_list([_MARK] * len(links), locale=find_locale(self._language))
        first, *others = words.split(_MARK)
        for between, link in zip([first, *others], [*links, None], strict=True):
            if between:
                sentence += nodes.Text(between)
            if link is not None:
                sentence += link
        return sentence

    def show_intro(self, intro: Intro, docname: str) -> list[nodes.Node]:
        """Return the words that open the page of an archive.

        As text, so that the search finds it.
        """
        shown: list[nodes.Node] = []
        if intro.description:
            style = "leadposts-archive-description"
            shown.append(nodes.paragraph("", intro.description, classes=[style]))
        links = [nodes.reference("", text, refuri=url) for text, url in intro.links]
        narrower = [link_archive(archive, docname) for archive in intro.narrower]
        for name, found in (("links", links), ("narrower", narrower)):
            if found:
                line = nodes.paragraph("", classes=[f"leadposts-archive-{name}"])
                line += join_nodes(found, " · ")
                shown.append(line)
        if intro.leads:
            title = _("Guide") if len(intro.leads) == 1 else _("Guides")
            items = self.list_items(intro.leads, (), docname)
            shown.append(frame_reading(title, items, style="leadposts-tag-guides"))
        return shown

    def _find_link(
        self, lead: Lead, written: Sequence[nodes.Node], docname: str
    ) -> nodes.Node:
        item = written[lead.item] if lead.item is not None else None
        link = next(iter(item.findall(_is_link)), None) if item else None
        if link is None:
            return link_lead(lead, docname)
        link.parent.remove(link)
        return link

    def _say_day(self, lead: Lead) -> str:
        assert lead.reviewed  # noqa: S101 - asked before
        return format_day(lead.reviewed, self._config.date_format, self._language)


def show_call(call: Call, docname: str) -> nodes.container:
    """Return a call to action of the site's, in ``docname``."""
    text = [nodes.paragraph("", call.text)] if call.text else []
    return make_call(call.title, text, [link_lead(b, docname) for b in call.buttons])


def frame_reading(title: str, links: nodes.Node, *, style: str = "") -> nodes.container:
    """Return ``links`` below ``title``, for HTML."""
    classes = [READING_CLASS, *([style] if style else ())]
    heading = nodes.paragraph("", title, classes=[f"{READING_CLASS}-title"])
    return nodes.container("", heading, links, classes=classes, is_div=True)


def get_reading_title(part: ReadingPart) -> str:
    """Return the title of a further-reading block."""
    return part.title or _("Further reading")


def link_lead(lead: Lead, source: str) -> nodes.Element:
    """Return a link from the document ``source`` to what ``lead`` leads to."""
    if lead.docname:
        return link_page(lead.docname, lead.title, source, anchor=lead.anchor)
    return nodes.reference("", lead.title, refuri=lead.url)


def read_item(item: nodes.Element) -> dict[str, str]:
    """Return address, text and description of an item whose link is resolved."""
    paragraph, *others = item.children
    first, *rest = paragraph.children
    # A link to a held-back post, or to nothing, has become its text.
    uri = first.get("refuri", "") if isinstance(first, nodes.reference) else ""
    reviewed = f"{READING_CLASS}-reviewed"
    blocks = (n for n in others if isinstance(n, nodes.Element))
    words = (read_text(n) for n in blocks if reviewed not in n["classes"])
    description = read_text(*rest)
    paragraphs = [description.lstrip(" :–—-"), *words]
    return {
        "uri": uri,
        "title": read_title(first),
        "description": " ".join(" ".join(paragraphs).split()),
    }


def _says_more(item: nodes.list_item) -> bool:
    """Tell whether an item says anything beside its link."""
    paragraph, *others = item.children
    rest = paragraph.children[1:]
    return bool(others) or any(node.astext().strip(" :–—-") for node in rest)


def _is_link(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference | addnodes.pending_xref)
