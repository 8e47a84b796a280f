"""Directives that show posts and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from sphinx_leadposts.config import ARCHIVES
from sphinx_leadposts.model.archive import KINDS
from sphinx_leadposts.model.listing import (
    ArchivesPart,
    CardPart,
    ListPart,
    Look,
    RunPart,
    TagsPart,
)
from sphinx_leadposts.model.query import Query
from sphinx_leadposts.sphinx_ext.nodes import make_placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.directives.options import (
    BlogDirective,
    Option,
    choose,
    read_classes,
    read_count,
    read_flag,
    read_names,
    read_text,
    read_widths,
)

if TYPE_CHECKING:
    from docutils import nodes


#: How lists of posts are laid out, whatever posts they hold.
LOOK_OPTIONS: Final[dict[str, Option]] = {
    "layout": choose("cards", "list", "compact"),
    "columns": read_widths(1, 12, auto=True),
    "gutter": read_widths(0, 5),
    "class-card": read_classes,
}


def read_look(directive: BlogDirective, default: Look) -> Look:
    """Return what ``directive`` says of the look of its list."""
    return Look(
        layout=directive.read_option("layout", default.layout),
        columns=directive.read_option("columns", default.columns),
        gutter=directive.read_option("gutter", default.gutter),
        class_card=directive.read_option("class-card", default.class_card),
    )


class PostList(BlogDirective):
    """A list of posts, as cards or as lines."""

    options_read: ClassVar[dict[str, Option]] = {
        "tags": read_names,
        "exclude": read_names,
        "category": read_names,
        "author": read_names,
        "series": read_names,
        "year": read_count,
        "featured": read_flag,
        "sort": choose("date", "updated", "title"),
        "reverse": read_flag,
        "limit": read_count,
        **LOOK_OPTIONS,
        "image": read_flag,
        "summary": read_flag,
        "empty": read_text,
    }

    def run(self) -> list[nodes.Node]:
        """Plant the list."""
        query = Query(
            tags=self.read_option("tags", ()),
            exclude=self.read_option("exclude", ()),
            categories=self.read_option("category", ()),
            authors=self.read_option("author", ()),
            series=self.read_option("series", ()),
            year=self.read_option("year", 0) or None,
            featured=self.read_option("featured", Query().featured),
            sort=self.read_option("sort", Query().sort),
            reverse=self.read_option("reverse", default=False),
            limit=self.read_option("limit", 0),
        )
        look = read_look(self, Look())
        part = ListPart(
            query=query,
            look=look,
            image=self.read_option("image", default=True),
            summary=self.read_option("summary", default=look.layout != "compact"),
            empty=self.read_option("empty", ""),
        )
        return [self.finish(make_placeholder(part, self.env.docname))]


class PostCard(BlogDirective):
    """The card of one post."""

    required_arguments = 1
    final_argument_whitespace = True
    options_read: ClassVar[dict[str, Option]] = {"class-card": read_classes}

    def run(self) -> list[nodes.Node]:
        """Plant the card."""
        part = CardPart(
            target=self.arguments[0].strip().strip("/"),
            class_card=self.read_option("class-card", ()),
        )
        node = self.finish(make_placeholder(part, self.env.docname))
        # sphinx-design's ``card-carousel`` takes only what calls itself a card.
        node["design_component"] = "card"
        return [node]


class TagList(BlogDirective):
    """A list of the tags of the blog."""

    options_read: ClassVar[dict[str, Option]] = {
        "layout": choose("list", "cloud", "compact"),
        "sort": choose("name", "count"),
        "min": read_count,
        "limit": read_count,
    }

    def run(self) -> list[nodes.Node]:
        """Plant the list."""
        part = TagsPart(
            layout=self.read_option("layout", TagsPart().layout),
            sort=self.read_option("sort", TagsPart().sort),
            minimum=self.read_option("min", 1),
            limit=self.read_option("limit", 0),
        )
        return [self.finish(make_placeholder(part, self.env.docname))]


class ArchiveList(BlogDirective):
    """A list of the years of the blog, or of its other archives."""

    options_read: ClassVar[dict[str, Option]] = {
        "of": choose(*(name for name in ARCHIVES if name != "tags")),
        "layout": choose("list", "compact"),
        "limit": read_count,
    }

    def run(self) -> list[nodes.Node]:
        """Plant the list."""
        part = ArchivesPart(
            kind=ARCHIVES[self.read_option("of", "years")],
            layout=self.read_option("layout", ArchivesPart().layout),
            limit=self.read_option("limit", 0),
        )
        return [self.finish(make_placeholder(part, self.env.docname))]


class Run(BlogDirective):
    """One page of a paginated run; written by the overlay only."""

    options_read: ClassVar[dict[str, Option]] = {
        "first": read_text,
        "number": read_count,
        "size": read_count,
        "kind": choose(*KINDS),
        "slug": read_text,
    }

    def run(self) -> list[nodes.Node]:
        """Plant the page's posts."""
        part = RunPart(
            first=self.read_option("first", self.env.docname),
            number=self.read_option("number", 1),
            size=self.read_option("size", 24),
            kind=self.read_option("kind", None),
            slug=self.read_option("slug", ""),
        )
        return [self.finish(make_placeholder(part, self.env.docname))]
