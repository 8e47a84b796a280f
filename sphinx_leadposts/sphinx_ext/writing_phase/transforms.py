"""Placeholders become what they stand for, before Sphinx resolves links.

In HTML an answer becomes a block that a template renders; in every other format it
becomes plain nodes, which all builders know.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.config import read_config
from sphinx_leadposts.model.leading import GuidePostsPart, ReadingPart
from sphinx_leadposts.model.listing import (
    CardPart,
    ListPart,
    Look,
    RunPart,
    TagsPart,
)
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.shown import (
    Call,
    Cluster,
    Header,
    Intro,
    Listing,
    Reading,
)
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.held_back import find_held_back_post
from sphinx_leadposts.sphinx_ext.nodes import block, placeholder
from sphinx_leadposts.sphinx_ext.warnings import report
from sphinx_leadposts.sphinx_ext.writing_phase.html import list_pictures
from sphinx_leadposts.sphinx_ext.writing_phase.links import AFTER_LINKS, BEFORE_LINKS
from sphinx_leadposts.sphinx_ext.writing_phase.plain import PlainWriter
from sphinx_leadposts.sphinx_ext.writing_phase.reading import (
    ReadingWriter,
    frame_reading,
    get_reading_title,
    read_item,
    show_call,
)
from sphinx_leadposts.sphinx_ext.writing_phase.wording import _, say_cluster_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_leadposts.model.part import Answer, Part


class _PartTransform(SphinxPostTransform):
    """A transform that only documents with parts of ours need."""

    def has_parts(self) -> bool:
        """Tell, without a walk through the tree, whether it may hold a part."""
        docname = self.env.current_document.docname
        blog = get_blog(self.env)
        return blog.may_be_whole(docname) or bool(blog.list_parts(docname))


class _PlaceholderTransform(_PartTransform):
    """What both kinds of answer have in common."""

    default_priority: ClassVar[int] = BEFORE_LINKS

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
        is_first = True
        for node, part, answer in self.find_answers():
            shown = self._show(node, part, answer)
            for made in shown:
                if isinstance(made, block):
                    made.context["is_first"] = is_first
                    # What has no picture lets the next block be the first with one.
                    is_first = is_first and not any(list_pictures(made.context))
            node.replace_self(shown)

    @functools.cached_property
    def _writer(self) -> ReadingWriter:
        # Most documents need none.
        return ReadingWriter(read_config(self.config), self.config.language)

    def _show(self, node: placeholder, part: Part, answer: Answer) -> list[nodes.Node]:
        if isinstance(answer, Call):
            return [show_call(answer, node.docname)]
        if isinstance(part, ReadingPart) and isinstance(answer, Reading):
            if not answer.leads:
                return []
            return _show_reading(part, answer, node, self._writer)
        shown: list[nodes.Node] = []
        if isinstance(answer, Listing) and answer.intro != Intro():
            shown += self._writer.show_intro(answer.intro, node.docname)
        made = _make_block(part, answer, level=_count_sections(node) + 1)
        if made is not None:
            made["docname"] = node.docname
            shown.append(made)
        return shown


class PlainPlaceholders(_PlaceholderTransform):
    """Answers as plain nodes, for every format but HTML."""

    formats = ("html",)

    def is_supported(self) -> bool:
        """Turn round what ``formats`` says."""
        return not super().is_supported()

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder by plain nodes."""
        config = read_config(self.config)
        language = self.config.language
        reading = ReadingWriter(config, language)
        writer = PlainWriter(config=config, language=language, reading=reading)
        for node, part, answer in self.find_answers():
            node.replace_self(writer.write(part, answer, node))


class ReadingCards(_PartTransform):
    """Cards for further reading take address and text from the resolved links."""

    default_priority: ClassVar[int] = AFTER_LINKS
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Move what the links say into the context of their block."""
        if not self.has_parts():
            return
        for node in self.document.findall(block):
            if node.children:
                # Not all items below: one may hold a list of its own.
                items = node[0].children
                node.context["links"] = [
                    read_item(item)
                    for item in items
                    if isinstance(item, nodes.list_item)
                ]
                node.clear()


def _show_reading(
    part: ReadingPart, reading: Reading, node: placeholder, writer: ReadingWriter
) -> list[nodes.Node]:
    title, written = get_reading_title(part), list(node.children)
    if part.layout == "sentence":
        return [writer.write_sentence(title, reading.leads, written, node.docname)]
    items = writer.list_items(reading.leads, written, node.docname)
    if part.layout == "list":
        return [frame_reading(title, items)]
    context = {
        "level": min(_count_sections(node) + 1, 6),
        "leads": reading.leads,
        "title": title,
        "look": Look(),
    }
    made = block("", template="further-reading.html", context=context)
    made["docname"] = node.docname
    made += items
    return [made]


def _make_block(part: Part, answer: Answer, *, level: int) -> block | None:
    """Return the block of a template and its values; ``level`` is that of headings."""
    context: dict[str, Any] = {"level": min(level, 6)}
    if isinstance(answer, Header):
        return block("", template="header.html", context=context | {"header": answer})
    if isinstance(part, GuidePostsPart) and isinstance(answer, Cluster):
        return _make_cluster(part, answer, context)
    if isinstance(part, TagsPart):
        return block("", template="tags.html", context={"tags": answer, "part": part})
    if isinstance(answer, Listing):
        return _make_listing(part, answer, context)
    return None


def _make_listing(part: Part, listing: Listing, context: dict[str, Any]) -> block:
    context["listing"] = listing
    if isinstance(part, CardPart):
        context["look"] = Look(columns=("1",) * 4, class_card=part.class_card)
        return block("", template="single-card.html", context=context)
    context["look"] = part.look if isinstance(part, ListPart) else Look()
    context["empty"] = _get_empty_text(part)
    return block("", template="listing.html", context=context)


def _make_cluster(
    part: GuidePostsPart, cluster: Cluster, context: dict[str, Any]
) -> block | None:
    if not cluster.groups and not part.empty:
        return None
    context |= {
        "groups": cluster.groups,
        "title": part.title or say_cluster_title(),
        "empty": part.empty,
        "look": part.look,
    }
    return block("", template="guide-posts.html", context=context)


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
        HtmlPlaceholders,
        PlainPlaceholders,
        ReadingCards,
    ):
        app.add_post_transform(transform)
