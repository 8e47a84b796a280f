"""Placeholders become what they stand for, before Sphinx resolves links.

In HTML an answer becomes a block that a template renders; in every other format it
becomes plain nodes, which all builders know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.config import read_config
from sphinx_leadposts.model.part import (
    Answer,
    CardPart,
    Header,
    Listing,
    ListPart,
    Look,
    Part,
    ReadingPart,
    RunPart,
    TagsPart,
)
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.domain import PAGE_TYPE, get_blog
from sphinx_leadposts.sphinx_ext.held_back import (
    find_held_back,
    find_held_back_post,
    get_held_back,
)
from sphinx_leadposts.sphinx_ext.links import SINGLE_FILE_BUILDERS, is_in_toctree
from sphinx_leadposts.sphinx_ext.nodes import block, placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.collector import (
    find_linked_document,
    list_links,
)
from sphinx_leadposts.sphinx_ext.warnings import note, report
from sphinx_leadposts.sphinx_ext.writing_phase.plain import (
    PlainWriter,
    get_reading_title,
)
from sphinx_leadposts.sphinx_ext.writing_phase.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

#: Before MyST's resolver of links (9) and Sphinx's (10).
_BEFORE_LINKS = 5
_AFTER_LINKS = 15


class HeldBackLinks(SphinxPostTransform):
    """A link to a post that is held back becomes its text."""

    default_priority: ClassVar[int] = _BEFORE_LINKS

    def run(self, **kwargs: Any) -> None:
        """Replace such links, with a note in the log: a date is no defect."""
        if not get_held_back(self.env):
            return
        for link in list(self.document.findall(addnodes.pending_xref)):
            found = (find_held_back(self.env, to) for to in list_links(link))
            post = next((post for post in found if post), None)
            if post is None:
                continue
            note(
                "the link to %r is shown as text: that post is held back",
                post.docname,
                docname=self.env.current_document.docname,
            )
            text = post.title or post.docname
            content = link[0].children if link.get("refexplicit") else None
            link.replace_self(content or [nodes.Text(text)])


class SingleFileLinks(SphinxPostTransform):
    """Where all is one file, a link to a post outside it leads to the web, or nowhere.

    Sphinx would leave a dead anchor in ``singlehtml``, and drop the address elsewhere.
    """

    default_priority: ClassVar[int] = _BEFORE_LINKS
    builders = SINGLE_FILE_BUILDERS

    def run(self, **kwargs: Any) -> None:
        """Hand links to our documents to the domain."""
        blog = get_blog(self.env)
        ours = blog.generated | blog.posts.keys()
        for link in self.document.findall(addnodes.pending_xref):
            target = find_linked_document(link)
            if target not in ours or is_in_toctree(self.env, target):
                continue
            link["refdomain"], link["reftype"] = "blog", PAGE_TYPE
            link["reftarget"] = target


class _PartTransform(SphinxPostTransform):
    """A transform that only documents with parts of ours need."""

    def has_parts(self) -> bool:
        """Tell, without a walk through the tree, whether it may hold a part."""
        if SingleFileLinks(self.document).is_supported():
            return True
        record = get_blog(self.env).documents.get(self.env.current_document.docname)
        return record is not None and bool(record.parts)


class _PlaceholderTransform(_PartTransform):
    """What both kinds of answer have in common."""

    default_priority: ClassVar[int] = _BEFORE_LINKS

    def find_answers(self) -> Iterator[tuple[placeholder, Part, Answer]]:
        """Yield each placeholder of the document with the answer to its part."""
        if not self.has_parts():
            return
        catalog = get_blog(self.env).catalog
        for node in list(self.document.findall(placeholder)):
            answer = node.part.answer(catalog, node.docname)
            if isinstance(node.part, CardPart) and not answer.cards:  # type: ignore[union-attr]
                self._report_missing(node, node.part.target)
            yield node, node.part, answer

    def _report_missing(self, node: placeholder, target: str) -> None:
        if find_held_back_post(self.env, target):
            return
        problem = Problem(
            subtype=Subtype.DIRECTIVE,
            message="post-card: there is no post %r; give its docname",
            args=(target,),
            line=node.line,
        )
        report(problem, node.docname)


class HtmlPlaceholders(_PlaceholderTransform):
    """Answers as blocks, which templates render."""

    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder by its block."""
        for node, part, answer in self.find_answers():
            if isinstance(part, ReadingPart) and part.layout == "list":
                node.replace_self(_frame_reading(part, node))
                continue
            made = _make_block(part, answer, level=_count_sections(node) + 1)
            if made is not None:
                made["docname"] = node.docname
                made += node.children
            node.replace_self(made if made is not None else [])


class PlainPlaceholders(_PlaceholderTransform):
    """Answers as plain nodes, for every format but HTML."""

    formats = ("html",)

    def is_supported(self) -> bool:
        """Turn round what ``formats`` says."""
        return not super().is_supported()

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder by plain nodes."""
        config = read_config(self.config)
        writer = PlainWriter(config=config, language=self.config.language)
        for node, part, answer in self.find_answers():
            node.replace_self(writer.write(part, answer, node))


class ReadingCards(_PartTransform):
    """Cards for further reading take address and text from the resolved links."""

    default_priority: ClassVar[int] = _AFTER_LINKS
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Move what the links say into the context of their block."""
        if not self.has_parts():
            return
        for node in self.document.findall(block):
            if node.children:
                node.context["links"] = [
                    _read_item(item) for item in node.findall(nodes.list_item)
                ]
                node.clear()


def _frame_reading(part: ReadingPart, node: placeholder) -> nodes.container:
    """Return the links of ``node`` as they stand, below their title."""
    name = "leadposts-further-reading"
    text = get_reading_title(part)
    title = nodes.paragraph("", text, classes=[f"{name}-title"])
    return nodes.container("", title, *node.children, classes=[name], is_div=True)


def _read_item(item: nodes.list_item) -> dict[str, str]:
    """Return address, text and description of an item that begins with a link."""
    paragraph, *others = item.children
    first, *rest = paragraph.children
    # A link to a held-back post, or to nothing, has become its text.
    uri = first.get("refuri", "") if isinstance(first, nodes.reference) else ""
    description = "".join(n.astext() for n in rest)
    paragraphs = [description.lstrip(" :–—-"), *(n.astext() for n in others)]
    return {
        "uri": uri,
        "title": first.astext(),
        "description": " ".join(" ".join(paragraphs).split()),
    }


def _make_block(part: Part, answer: Answer, *, level: int) -> block | None:
    """Return the block of a template and its values; ``level`` is that of headings."""
    context: dict[str, Any] = {"level": min(level, 6)}
    if isinstance(answer, Header):
        return block("", template="header.html", context=context | {"header": answer})
    if isinstance(part, ReadingPart):
        context |= {"cards": answer, "title": part.title, "look": Look()}
        return block("", template="further-reading.html", context=context)
    if isinstance(part, TagsPart):
        return block("", template="tags.html", context={"tags": answer, "part": part})
    if isinstance(answer, Listing):
        return _make_listing(part, answer, context)
    return None


def _make_listing(part: Part, listing: Listing, context: dict[str, Any]) -> block:
    context["listing"] = listing
    if isinstance(part, CardPart):
        context["look"] = Look(class_card=part.class_card)
        return block("", template="single-card.html", context=context)
    context["look"] = part.look if isinstance(part, ListPart) else Look()
    context["empty"] = _get_empty_text(part)
    return block("", template="listing.html", context=context)


def _get_empty_text(part: Part) -> str:
    if isinstance(part, RunPart):
        return _("No posts yet.")
    return part.empty if isinstance(part, ListPart) else ""


def _count_sections(node: nodes.Node) -> int:
    count, parent = 0, node.parent
    while parent is not None:
        count += isinstance(parent, nodes.section)
        parent = parent.parent
    return count


def setup_transforms(app: Sphinx) -> None:
    """Register the transforms."""
    for transform in (
        HeldBackLinks,
        SingleFileLinks,
        HtmlPlaceholders,
        PlainPlaceholders,
        ReadingCards,
    ):
        app.add_post_transform(transform)
