"""Parts that lead readers on: further reading, a call to act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sphinx_leadposts.model.doubt import ask_for
from sphinx_leadposts.model.lead import lead_by_button, lead_to, lead_to_guide
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.shown import Call, Lead, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.guide import Guide
    from sphinx_leadposts.model.link import Link

ReadingLayout = Literal["sentence", "list", "cards"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPart:
    """A block of further reading.

    ``items`` are the links of its content, whose nodes stay in the document; ``guides``
    and ``posts`` are names, and each of ``tags`` stands for its guides. ``is_own``
    adds the guides of the post in which it stands, and ``unless_linked`` leaves out
    what the text of that post links to. ``limit`` 0 means all.
    """

    items: tuple[Link, ...] = ()
    guides: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    is_own: bool = False
    unless_linked: bool = False
    limit: int = 0
    layout: ReadingLayout = "list"
    title: str = ""
    image: bool = True

    def answer(self, catalog: Catalog, docname: str) -> Reading:
        """Return the links, each target once and never the page itself."""
        gathered = list(self._gather(catalog, docname))
        # Most posts of a blog without guides have nothing to lead to.
        if not gathered:
            return Reading()
        unwanted = {docname, *self._list_excluded(catalog)}
        post = catalog.by_docname.get(docname)
        if self.unless_linked and post:
            unwanted |= catalog.guides.list_linked(post)
        leads: list[Lead] = []
        for key, lead in gathered:
            if key not in unwanted:
                leads.append(lead)
                if key:
                    unwanted.add(key)
        return Reading(leads=tuple(leads[: self.limit or len(leads)]))

    def doubt(self, catalog: Catalog, docname: str) -> Iterator[Problem]:
        """Yield what stands twice, leads to the page itself, or leads nowhere."""
        seen: set[str] = set()
        for number, (key, lead) in enumerate(self._gather_named(catalog)):
            line = self.items[number].line if number < len(self.items) else None
            if key and (key == docname or key in seen):
                why = "is this page itself" if key == docname else "stands twice"
                yield _doubt("%r %s; it is left out", lead.title[:80], why, line=line)
            seen.add(key)
        for name in self.guides:
            if catalog.guides.is_nowhere(name):
                hint = catalog.guess("name", name)
                yield _doubt("there is no guide %r%s", name[:80], ask_for(hint))
        for name in self.posts:
            is_held_back = catalog.directory.find_held_back(name) is not None
            if catalog.find_post_target(name) is None and not is_held_back:
                yield _doubt("there is no post %r; give its docname", name[:80])
        for tag in self.tags:
            guides = catalog.guides.list_of_tag(catalog.tag_index.find_key(tag))
            if not guides and not catalog.guides.awaits_guide(tags=[tag]):
                yield _doubt("no guide is for the tag %r", tag[:80])

    def without_own_guides(self) -> ReadingPart:
        """Return the part as if its post had no guides."""
        return replace(self, is_own=False)

    def _gather(self, catalog: Catalog, docname: str) -> Iterator[tuple[str, Lead]]:
        """Yield all links with what tells them apart, empty for one that is broken."""
        yield from self._gather_named(catalog)
        for tag in self.tags:
            guides = catalog.guides.list_of_tag(catalog.tag_index.find_key(tag))
            yield from (self._lead_to_guide(catalog, guide) for guide in guides)
        post = catalog.by_docname.get(docname)
        if self.is_own and post:
            guides = catalog.guides.list_of_post(post)
            yield from (self._lead_to_guide(catalog, guide) for guide in guides)

    def _gather_named(self, catalog: Catalog) -> Iterator[tuple[str, Lead]]:
        for number, link in enumerate(self.items):
            key, lead = self._follow(catalog, link)
            yield key, replace(lead, item=number)
        for name in self.guides:
            if guide := catalog.guides.find_or_make(name):
                yield self._lead_to_guide(catalog, guide)
        for name in self.posts:
            if target := catalog.find_post_target(name):
                yield target.key, lead_to(catalog, target, picture=self._has_pictures)

    def _follow(self, catalog: Catalog, link: Link) -> tuple[str, Lead]:
        if link.kind in {"guide", "name"} and (g := catalog.guides.find(link.target)):
            return self._lead_to_guide(catalog, g)
        target = catalog.find_target(link)
        if target is None:
            return "", Lead(title=link.target)
        return target.key, lead_to(catalog, target, picture=self._has_pictures)

    def _lead_to_guide(self, catalog: Catalog, guide: Guide) -> tuple[str, Lead]:
        lead = lead_to_guide(catalog, guide, picture=self._has_pictures)
        return guide.target.key, lead

    def _list_excluded(self, catalog: Catalog) -> Iterator[str]:
        for name in self.exclude:
            if guide := catalog.guides.find_or_make(name):
                yield guide.target.key

    @property
    def _has_pictures(self) -> bool:
        # What is not shown must not make a page stale.
        return self.image and self.layout == "cards"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPart:
    """The call to action that the site has for a post."""

    def answer(self, catalog: Catalog, docname: str) -> Call | None:
        """Return the call, ``None`` where there is none or the document is no post."""
        post = catalog.by_docname.get(docname)
        entry = catalog.find_call(post) if post else None
        if entry is None or not (entry.title or entry.text or entry.buttons):
            return None
        buttons = (lead_by_button(catalog, text) for text in entry.buttons)
        return Call(
            title=entry.title,
            text=entry.text,
            buttons=tuple(button for button in buttons if button),
        )


def _doubt(message: str, *args: object, line: int | None = None) -> Problem:
    return Problem(
        subtype=Subtype.FURTHER_READING,
        message=f"further-reading: {message}",
        args=args,
        line=line,
    )
