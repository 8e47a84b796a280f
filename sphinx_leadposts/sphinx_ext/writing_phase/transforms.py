"""Placeholders become what they stand for, before Sphinx resolves links.

In HTML an answer becomes a block that a template renders; in every other format it
becomes plain nodes, which all builders know.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.model.listing import CardPart, HeaderPart
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.shown import Call, Header, Intro, Listing, Reading
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.held_back import find_held_back_post
from sphinx_leadposts.sphinx_ext.nodes import (
    AROUND_KEY,
    leadposts_block,
    list_ancestors,
    placeholder,
)
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.warnings import report
from sphinx_leadposts.sphinx_ext.writing_phase.blocks import (
    make_archive_image,
    make_block,
    make_reading_cards,
)
from sphinx_leadposts.sphinx_ext.writing_phase.html import list_pictures
from sphinx_leadposts.sphinx_ext.writing_phase.links import AFTER_LINKS, BEFORE_LINKS
from sphinx_leadposts.sphinx_ext.writing_phase.plain import PlainWriter, frame_links
from sphinx_leadposts.sphinx_ext.writing_phase.reading import (
    ReadingWriter,
    frame_reading,
    get_reading_title,
    read_item,
    show_call,
)

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
            is_around = AROUND_KEY in node or isinstance(part, HeaderPart)
            for made in shown:
                if isinstance(made, leadposts_block):
                    made.context["is_first"] = is_first
                    # What has no picture lets the next block be the first with one.
                    is_first = is_first and not any(list_pictures(made.context))
                if isinstance(made, nodes.Element) and is_around:
                    made[AROUND_KEY] = True
            node.replace_self(shown)

    @functools.cached_property
    def _writer(self) -> ReadingWriter:
        # Most documents need none.
        config, language = read_config(self.config), self.config.language
        return ReadingWriter(config, language, frame_reading)

    def _show(self, node: placeholder, part: Part, answer: Answer) -> list[nodes.Node]:
        if isinstance(answer, Call):
            return [show_call(answer, node.docname)]
        if (
            isinstance(answer, Header)
            and "image" not in read_config(self.config).header
        ):
            # No files are made for it: those of an older build must not be taken.
            answer = replace(answer, picture=None)
        level = _count_sections(node) + 1
        shown: list[nodes.Node | None] = []
        if isinstance(part, ReadingPart) and isinstance(answer, Reading):
            shown += self._show_reading(part, answer, node, level)
        elif isinstance(answer, Listing) and answer.intro != Intro():
            shown.append(make_archive_image(answer.intro))
            shown += self._writer.show_intro(answer.intro, node.docname)
        shown.append(make_block(part, answer, level=level))
        for made in shown:
            if isinstance(made, leadposts_block):
                made["docname"] = node.docname
        return [made for made in shown if made is not None]

    def _show_reading(
        self, part: ReadingPart, reading: Reading, node: placeholder, level: int
    ) -> list[nodes.Node]:
        if part.layout != "cards" or not reading.leads:
            return self._writer.write(part, reading, node)
        items = self._writer.list_items(reading.leads, node.children, node.docname)
        title = get_reading_title(part)
        return [make_reading_cards(title, reading, items, level=level)]


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
        reading = ReadingWriter(config, language, frame_links)
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
        for node in self.document.findall(leadposts_block):
            if node.children:
                # Not all items below: one may hold a list of its own.
                items = node[0].children
                node.context["links"] = [
                    read_item(item)
                    for item in items
                    if isinstance(item, nodes.list_item)
                ]
                node.clear()


def _count_sections(node: nodes.Node) -> int:
    return sum(isinstance(parent, nodes.section) for parent in list_ancestors(node))


def setup_transforms(app: Sphinx) -> None:
    """Register the transforms."""
    for transform in (
        HtmlPlaceholders,
        PlainPlaceholders,
        ReadingCards,
    ):
        app.add_post_transform(transform)
