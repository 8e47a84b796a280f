"""Parts that lead readers on: further reading, the posts of a guide, a call to act."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from sphinx_leadposts.model.card import make_card
from sphinx_leadposts.model.doubt import ask_for
from sphinx_leadposts.model.lead import lead_to, lead_to_guide
from sphinx_leadposts.model.listing import Look
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.query import Query, select_posts
from sphinx_leadposts.model.shown import Call, Cluster, Group, Lead, Listing, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.guide import Guide
    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.model.post import Post

_COMPACT: Final = Look(layout="compact")

ReadingLayout = Literal["sentence", "list", "cards"]
Grouping = Literal["tag", "year", "none"]


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
            if is_nowhere(catalog, name):
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
class GuidePostsPart:
    """The posts that lead to a guide; the document itself where none is named.

    ``tags`` leave out posts that have none of them.
    """

    guide: str = ""
    tags: tuple[str, ...] = ()
    group: Grouping = "none"
    look: Look = _COMPACT
    image: bool = True
    summary: bool = False
    limit: int = 0
    title: str = ""
    empty: str = ""

    def answer(self, catalog: Catalog, docname: str) -> Cluster:
        """Return the posts, newest first in each group."""
        guide = catalog.guides.find_or_make(self.guide or docname)
        if guide is None:
            return Cluster()
        query = Query(tags=self.tags, limit=self.limit)
        posts = select_posts(
            catalog.guides.list_posts(guide.target),
            query,
            asker=docname,
            shelves=catalog.shelves,
        )
        groups: defaultdict[str, list[Post]] = defaultdict(list)
        for post in posts:
            groups[self._label(catalog, post)].append(post)
        labels = self._sort(catalog, groups)
        return Cluster(groups=tuple(self._show(catalog, n, groups[n]) for n in labels))

    def doubt(self, catalog: Catalog, docname: str) -> Iterator[Problem]:
        """Yield that there is no such guide."""
        if self.guide and is_nowhere(catalog, self.guide):
            hint = ask_for(catalog.guess("name", self.guide))
            message = "guide-posts: there is no guide %r%s"
            yield Problem(
                subtype=Subtype.GUIDE, message=message, args=(self.guide[:80], hint)
            )

    def _label(self, catalog: Catalog, post: Post) -> str:
        if self.group == "year":
            return str(post.date.year) if post.date else ""
        if self.group == "none" or not post.tags:
            return ""
        keys = [catalog.tag_index.find_key(tag) for tag in post.tags]
        wanted = [catalog.tag_index.find_key(tag) for tag in self.tags]
        key = next((key for key in wanted if key in keys), keys[0])
        tag = catalog.find_tag(key)
        return tag.label if tag else ""

    def _sort(self, catalog: Catalog, groups: Iterable[str]) -> list[str]:
        """Return the labels in order; posts without one come last."""
        if self.group == "year":
            return sorted(groups, reverse=True)
        wanted = [catalog.tag_index.find_key(tag) for tag in self.tags]

        def rank(label: str) -> tuple[bool, int, str]:
            key = catalog.tag_index.find_key(label)
            place = wanted.index(key) if key in wanted else len(wanted)
            return (not label, place, label.casefold())

        return sorted(groups, key=rank)

    def _show(self, catalog: Catalog, label: str, posts: Sequence[Post]) -> Group:
        is_grid = self.look.layout == "cards"
        cards = (
            make_card(
                catalog,
                post,
                image=self.image and is_grid,
                summary=self.summary,
                tags=is_grid,
            )
            for post in posts
        )
        return Group(label=label, listing=Listing(cards=tuple(cards)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPart:
    """The call to action that the site has for a post."""

    def answer(self, catalog: Catalog, docname: str) -> Call | None:
        """Return the call, ``None`` where there is none or the document is no post."""
        post = catalog.by_docname.get(docname)
        entry = catalog.find_call(post) if post else None
        if entry is None or not (entry.title or entry.text or entry.buttons):
            return None
        buttons = (catalog.make_button(text) for text in entry.buttons)
        return Call(
            title=entry.title,
            text=entry.text,
            buttons=tuple(button for button in buttons if button),
        )


def is_nowhere(catalog: Catalog, name: str) -> bool:
    """Tell whether nothing is called ``name``, not even what is held back."""
    guides = catalog.guides
    return guides.find_or_make(name) is None and guides.find_held_back(name) is None


def _doubt(message: str, *args: object, line: int | None = None) -> Problem:
    return Problem(
        subtype=Subtype.FURTHER_READING,
        message=f"further-reading: {message}",
        args=args,
        line=line,
    )
