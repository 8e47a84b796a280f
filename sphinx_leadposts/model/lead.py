"""From guides and targets to the links that lead there, with what is known of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.shown import Lead

if TYPE_CHECKING:
    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.guide import Guide
    from sphinx_leadposts.model.link import Target

#: As roles write a text of their own: ``text <target>``.
_TITLED: Final = re.compile(r"^(?P<title>.+?)\s*<(?P<name>[^<>]+)>$", re.DOTALL)


def lead_to(catalog: Catalog, target: Target, *, picture: bool = True) -> Lead:
    """Return a link to ``target``; of a page elsewhere only its address is known."""
    if not target.docname:
        return Lead(title=target.url.partition("://")[2].rstrip("/"), url=target.url)
    lead = Lead(title=target.docname, docname=target.docname, anchor=target.anchor)
    if post := catalog.by_docname.get(target.docname):
        shown = catalog.find_card_picture(post) if picture else None
        summary = catalog.summarize(post)
        return replace(lead, title=post.title, description=summary, picture=shown)
    if document := catalog.documents.get(target.docname):
        shown = document.picture if picture else None
        summary = catalog.summarize(document)
        return replace(lead, title=document.title, description=summary, picture=shown)
    return lead


def lead_to_guide(catalog: Catalog, guide: Guide, *, picture: bool = True) -> Lead:
    """Return a link to ``guide``; what the registry says goes before its own page."""
    lead = lead_to(catalog, guide.target, picture=picture)
    entry = guide.entry
    if entry is None:
        return lead
    return replace(
        lead,
        title=entry.title or lead.title,
        description=entry.description or lead.description,
        picture=(entry.picture or lead.picture) if picture else None,
        reviewed=entry.reviewed,
    )


def lead_by_button(catalog: Catalog, text: str) -> Lead | None:
    """Return the link of a button that is written as ``name`` or ``text <name>``.

    ``None`` where nothing has that name.
    """
    title, name = split_title(text)
    lead = catalog.find_lead(name)
    return replace(lead, title=title or lead.title) if lead else None


def split_title(text: str) -> tuple[str, str]:
    """Split ``title <name>`` into the two; the title of a bare name is empty."""
    match = _TITLED.match(text.strip())
    return (match["title"], match["name"].strip()) if match else ("", text.strip())
