"""What can be wrong with what an author wrote, said without a logger."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace


class Subtype(enum.Enum):
    """The second half of a warning's type, as in ``leadposts.date``.

    The text below each member is its entry in the reference of warnings.
    """

    CONFIG = "config"
    """A value in ``conf.py`` cannot be used, and its default is; or a part of a
    registry cannot, and is left out. Also said where ABlog is loaded in the same site.

    **What you can do:** write the value in the form that the message names."""

    FRONT_MATTER = "front_matter"
    """The front matter of a post, or one of its keys, could not be read.

    **What you can do:** mend the line that the warning names. Until then the post
    is built with the keys that could be read, or held back where ``draft`` or
    ``published`` could not."""

    TITLE = "title"
    """A post has neither a ``title`` nor a first heading, or two posts share one.

    **What you can do:** give each post a ``title`` of its own. A post without one
    is listed under its file name."""

    DATE = "date"
    """A date is impossible, can be read two ways, lacks a part, or is missing.

    **What you can do:** write it as ``2025-05-08`` or ``2025-05-08 14:30``. A post
    without a date is listed after all others."""

    IMAGE = "image"
    """A picture is missing, is none, or lies outside the site, and is left out. Or it
    is shown, but not as it could be: it is damaged, its name ends as that of another
    format, few browsers show its format, or what is made of it could not be kept.

    **What you can do:** check the path. ``/media/x.webp`` is looked up below the
    source folder, then in ``leadposts_media_dirs``, ``html_extra_path`` and
    ``html_static_path``; a path without a leading slash is relative to the post. If
    the file is there, save it anew, as JPEG or PNG, and let its name end in its format.
    If the store of pictures cannot be written, make room, or name another folder in
    ``leadposts_cache_dir``."""

    TAG = "tag"
    """A tag looks like a slip, or is not in ``leadposts_tags`` where that has entries;
    two different tags would have the same address; or the ``parent`` of a tag is not
    there, or is the tag itself.

    **What you can do:** mend the tag, or add it to ``leadposts_tags`` with the line
    that the message gives. Of two tags with one address, rename one: the later one
    carries a short code until then."""

    REDIRECT = "redirect"
    """An old address of a post is none of this site, or another page stands there.

    **What you can do:** write a path from the root of the site, such as ``/old/post/``,
    in ``redirect_from``. Where two posts claim one address, take it from one of them;
    until then it leads to the newer one."""

    FEED = "feed"
    """Feeds are asked for in ``conf.py``, but cannot be made; or the text of a post
    could not be rendered for them.

    **What you can do:** set Sphinx's ``html_baseurl`` to the address of the site, since
    links in feeds are absolute. What could not be rendered is most likely a node of
    another extension, which can be written only once; the message names its error."""

    AUTHOR = "author"
    """A post names an author who is not in ``leadposts_authors``, where that has
    entries; or two authors would have one address.

    **What you can do:** mend the name, or add the author; of two with one address, give
    one a ``slug`` there."""

    CATEGORY = "category"
    """Two categories would have one address.

    **What you can do:** rename one of them."""

    SERIES = "series"
    """A series lacks a part, or two posts are the same part of it; or two series would
    have one address.

    **What you can do:** number the parts from 1 without gaps; rename one of the
    series."""

    RELATED = "related"
    """A post that is to be related to another is not there.

    **What you can do:** give its docname, or the last part of it."""

    GUIDE = "guide"
    """A guide is not there, is named twice, or leads back to where readers come from;
    or two places say different things of it.

    **What you can do:** name a key of ``leadposts_guides``, a document of this site
    (its path without suffix) or a full URL that starts with ``https://``. Of two
    places that contradict each other, keep one."""

    LINK = "link"
    """A URL of this site leads to a page or a part that is not there: in a post, or in
    a ``further-reading`` of any document.

    **What you can do:** mend the link. If the address belongs to another site, set
    ``leadposts_own_links`` to ``"off"``."""

    FURTHER_READING = "further_reading"
    """A ``further-reading`` directive holds something other than a list of links, names
    a page that is not there, twice or itself, or has nothing to show.

    **What you can do:** write a Markdown list whose items begin with a link or the
    name of a guide, each once."""

    DIRECTIVE = "directive"
    """An option of a directive is not usable, and its default is used; or what it needs
    is missing: the button of a call, the post of a card.

    **What you can do:** see the reference of the directive for what it takes."""

    PAGE = "page"
    """A document of yours stands in place of a page of the blog, and lists no posts.

    **What you can do:** add a ``post-list`` to it if that is meant, since it is used in
    place of the page. Else move it, or set ``leadposts_blog_path`` or
    ``leadposts_tags_path``."""

    TEMPLATE = "template"
    """A template of yours could not be rendered.

    **What you can do:** mend the template; the message names what went wrong.
    The template of the package is used until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, and what to do about it.

    ``message`` may hold ``%s`` for each of ``args``; ``line`` counts from 1 and is
    ``None`` where the whole document is meant.
    """

    subtype: Subtype
    message: str
    args: tuple[object, ...] = ()
    line: int | None = None

    def at(self, line: int | None) -> Problem:
        """Return the problem at ``line``."""
        return replace(self, line=line)

    @property
    def text(self) -> str:
        """The message with its arguments filled in."""
        return self.message % self.args
