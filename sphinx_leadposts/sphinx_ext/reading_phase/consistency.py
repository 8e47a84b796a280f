"""What is only seen when all documents have been read."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.listing import ArchivesPart, ListPart, RunPart, TagsPart
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.registry import split_location
from sphinx_leadposts.model.slug import find_collisions
from sphinx_leadposts.sphinx_ext.domain import BlogDomain, get_blog
from sphinx_leadposts.sphinx_ext.reading_phase.doubts import (
    find_broken_series,
    find_doubtful_tags,
    find_lost_relations,
    find_unfit_parents,
    find_unknown_authors,
)
from sphinx_leadposts.sphinx_ext.reading_phase.findings import make_finding
from sphinx_leadposts.sphinx_ext.reading_phase.guide_doubts import (
    find_contradictions,
    find_loops,
    find_lost_guides,
    find_unfit_entries,
    find_unfit_parts,
)
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import (
    BlogProject,
    get_held_back,
    get_moment,
)
from sphinx_leadposts.sphinx_ext.reading_phase.own_links import find_dead_own_links
from sphinx_leadposts.sphinx_ext.reading_phase.picture_doubts import (
    find_doubtful_pictures,
)
from sphinx_leadposts.sphinx_ext.reading_phase.redirect_doubts import (
    find_unfit_redirects,
)
from sphinx_leadposts.sphinx_ext.registries import read_registries
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.warnings import report, report_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.archive import ArchiveKind
    from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding


#: For each kind of archive that posts name: what warnings of it are, what several are
#: called, and the value that may give one an address.
_NAMED: Final[Mapping[ArchiveKind, tuple[Subtype, str, str]]] = {
    "tag": (Subtype.TAG, "tags", "leadposts_tags"),
    "category": (Subtype.CATEGORY, "categories", ""),
    "author": (Subtype.AUTHOR, "authors", "leadposts_authors"),
    "series": (Subtype.SERIES, "series", ""),
}


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    blog = get_blog(env)
    registries = read_registries(app.config)
    held_back, now = get_held_back(env), get_moment(env)
    for docname, problem in (
        *_find_same_titles(blog),
        *_find_same_slugs(blog),
        *find_doubtful_tags(blog, registries),
        *find_unknown_authors(blog, registries),
        *find_broken_series(blog, held_back),
        *find_lost_relations(blog),
        *find_lost_guides(blog, held_back, now),
        *find_contradictions(blog),
        *find_loops(blog),
        *find_unfit_parts(blog, held_back, now),
        *find_dead_own_links(app, blog),
        *find_doubtful_pictures(blog),
        *find_unfit_redirects(blog),
        *_find_bare_stand_ins(env, blog, read_config(app.config).tags_path),
    ):
        report(problem, docname)
    for location, problem in (
        *find_unfit_entries(blog, registries, held_back, now),
        *find_unfit_parents(blog),
    ):
        file, line = split_location(location)
        report_beside(problem.at(line), Path(app.confdir, file))


def _find_same_titles(blog: BlogDomain) -> Iterator[Finding]:
    docnames = defaultdict(list)
    for docname, post in sorted(blog.posts.items()):
        docnames[post.title.casefold()].append(docname)
    for first, *others in docnames.values():
        for other in others:
            yield make_finding(
                blog,
                other,
                Subtype.TITLE,
                "the post has the same title as %r; readers of a list cannot tell them "
                "apart. Change one of them",
                first,
            )


def _find_same_slugs(blog: BlogDomain) -> Iterator[Finding]:
    for kind, (subtype, name, value) in _NAMED.items():
        shelf = blog.catalog.shelves[kind]
        archives = {archive.key: archive for archive in shelf.shown}
        labels = {key: archive.label for key, archive in archives.items()}
        for first, second in find_collisions(labels, shelf.index.fixed_slugs):
            one, other = archives[first], archives[second]
            settle = (
                f", or settle it with {value} = {{{other.label!r}: {{'slug': '…'}}}}"
            )
            yield make_finding(
                blog,
                other.posts[0].docname,
                subtype,
                "the %s %r (here) and %r (in %r) would have one address; this one's is "
                "%r. Rename one of them%s",
                name,
                other.label,
                one.label,
                one.posts[0].docname,
                other.slug,
                settle if value else "",
            )


def _find_bare_stand_ins(
    env: BuildEnvironment, blog: BlogDomain, tags_path: str
) -> Iterator[Finding]:
    """Yield the author's documents at our addresses that show no posts.

    One that lists posts is meant; another one hides a page without a word.
    """
    project = env.project
    if not isinstance(project, BlogProject):
        return
    for page, docname in sorted(project.stand_ins.items()):
        parts = blog.find_record(docname).parts
        if any(
            isinstance(part, ListPart | RunPart | TagsPart | ArchivesPart)
            for part in parts
        ):
            continue
        is_tag = page.startswith(f"{tags_path}/") and not page.endswith("/index")
        hint = page.rpartition("/")[2] if is_tag else ""
        yield (
            docname,
            Problem(
                subtype=Subtype.PAGE,
                message="this document stands in place of the generated page %r, but "
                "lists no posts. Add a 'post-list' directive%s to it, or move it",
                args=(page, f" with ':tags: {hint}'" if hint else ""),
                line=1,
            ),
        )


def setup_consistency(app: Sphinx) -> None:
    """Have the whole looked at after reading."""
    app.connect("env-check-consistency", _check)
