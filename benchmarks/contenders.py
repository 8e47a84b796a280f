"""Who is compared: the configuration and the sources of each contender."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corpus import Post

_GREETING: Final = "# A blog\n\nPosts about this and that, made up from a seed.\n"
#: The directives of the front page that lists posts, each under its own heading. It
#: has one of every kind of list there is.
_LISTS: Final = {
    "Latest posts": "```{post-list}\n:limit: 10\n```\n",
    "Tags": "```{tag-list}\n```\n",
    "Archive": "```{archive-list}\n```\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One way to build the same posts."""

    name: str
    extensions: tuple[str, ...]
    #: Further lines of ``conf.py``.
    settings: tuple[str, ...] = ("myst_title_to_header = True",)
    index: str = _GREETING
    #: Posts are marked as orphans, since plain Sphinx misses them in a toctree.
    orphans: bool = True
    #: Not to be built in parallel.
    serial: bool = False

    @property
    def missing(self) -> list[str]:
        """The extensions that are not installed."""
        return [name for name in self.extensions if find_spec(name) is None]

    def write_conf(self, *, theme: str, base_url: str) -> str:
        """Return the text of ``conf.py``."""
        names = ", ".join(f'"{name}"' for name in self.extensions)
        lines = [
            'project = "Benchmark"',
            f"extensions = [{names}]",
            *self.settings,
            f'html_theme = "{theme}"',
            *([f'html_baseurl = "{base_url}"'] if base_url else []),
        ]
        return "\n".join(lines) + "\n"

    def write_source(self, post: Post) -> str:
        """Return the Markdown of a post."""
        lines = ["---", f"title: {post.title}", f"date: {post.date.isoformat()}"]
        lines.append(f"tags: [{', '.join(post.tags)}]")
        lines += [f"category: {post.category}", f"author: {post.author}"]
        if post.part:
            name, part = post.part.series, post.part.number
            lines.append(f"series: {{name: {name}, part: {part}}}")
        if post.is_featured:
            lines.append("featured: true")
        if post.description:
            lines.append(f"description: {post.description}")
        opening = ""
        if post.picture:
            lines += [f"image: ../media/{post.picture}", "image_alt: A soft gradient"]
            opening = f"![A soft gradient](../media/{post.picture})\n\n"
        if self.orphans:
            lines.append("orphan: true")
        return "\n".join([*lines, "---", "", opening + post.body])


def _write_lists() -> str:
    """Return the sections of the front page that list posts."""
    return "".join(f"\n## {title}\n\n{text}" for title, text in _LISTS.items())


CONTENDERS: Final = {
    contender.name: contender
    for contender in (
        Contender(name="bare", extensions=("myst_parser",)),
        Contender(name="base", extensions=("myst_parser", "sphinx_design")),
        Contender(
            name="leadposts",
            extensions=("sphinx_leadposts",),
            # The feed of all posts is there by itself.
            settings=('leadposts_feed_archives = ["tags"]',),
            index=_GREETING + _write_lists(),
            orphans=False,
        ),
        Contender(
            name="ablog",
            extensions=("myst_parser", "ablog"),
            settings=(
                "myst_title_to_header = True",
                'blog_title = "Benchmark"',
                'blog_baseurl = "https://example.org/"',
                'blog_post_pattern = ["posts/*"]',
            ),
            serial=True,
        ),
    )
}
