"""A document that is no post: what lists and guides may say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.post import Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the site, by its docname.

    ``excerpts`` are paragraphs to describe it by, as in a post; ``guide_for`` the tags
    whose guide it says it is.
    """

    docname: str
    title: str
    description: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    picture: Picture | None = None
    guide_for: tuple[str, ...] = ()
