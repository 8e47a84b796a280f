"""The overlay takes its place before Sphinx looks for documents."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.scan import scan_sources
from sphinx_leadposts.sphinx_ext.cache import get_cache_folder
from sphinx_leadposts.sphinx_ext.clock import read_clock
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import (
    OVERLAY_FOLDER,
    BlogProject,
)
from sphinx_leadposts.sphinx_ext.reading_phase.pagination import paginate_posts
from sphinx_leadposts.sphinx_ext.reading_phase.sources import find_form, make_rules
from sphinx_leadposts.sphinx_ext.registries import read_registries
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.warnings import report_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.reading.scan import ScannedPost
    from sphinx_leadposts.sphinx_ext.reading_phase.sources import HeadReader


def _install_overlay(app: Sphinx, reader: HeadReader) -> None:
    config = read_config(app.config)
    cache = get_cache_folder(app.doctreedir)
    rules = make_rules(config)
    registries = read_registries(app.config)

    def scan(documents: Mapping[str, Path]) -> Sequence[ScannedPost]:
        sources = (
            (name, path, find_form(path, app.config))
            for name, path in sorted(documents.items())
        )
        encoding = app.config.source_encoding
        found = scan_sources(sources, rules, cache / "scan.json", encoding=encoding)
        reader.expect(found.fresh)
        if not config.show_drafts:
            _report_faults(found.posts, documents)
        return found.posts

    srcdir = Path(app.srcdir)
    folders = (Path(app.outdir), Path(app.doctreedir))
    project = BlogProject(
        app.project,
        root=cache / OVERLAY_FOLDER,
        hidden=[folder for folder in folders if folder.is_relative_to(srcdir)],
        scan=scan,
        paginate=partial(paginate_posts, config=config, registries=registries),
        # All that is said of a post in this build is said of this moment.
        moment=read_clock(),
        shows_drafts=config.show_drafts,
    )
    app.project = app.env.project = project


def _report_faults(posts: Iterable[ScannedPost], documents: Mapping[str, Path]) -> None:
    """Say why posts are held back which may not be meant to be, in every build.

    By file: Sphinx knows no more where a document stands that is left out.
    """
    for post in posts:
        for message, line in post.faults.items():
            problem = Problem(
                subtype=Subtype.FRONT_MATTER, message="%s", args=(message,), line=line
            )
            report_beside(problem, documents[post.docname])


def _find_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: Iterable[str],
    changed: Iterable[str],
    removed: Iterable[str],
) -> list[str]:
    """Return documents to read again although their file has not changed.

    A document that passed from the author to us, or back, may be older than its page;
    a toctree that held a post which is gone would leave gaps in the navigation.
    """
    del app, added, changed
    project = env.project
    if not isinstance(project, BlogProject):
        return []
    blog = get_blog(env)
    ours = blog.generated | blog.posts.keys()
    gone = ours & set(removed)
    outdated = blog.note_generated(project.generated)
    for docname, children in env.toctree_includes.items():
        if gone.intersection(children):
            outdated.add(docname)
    return sorted(outdated & env.found_docs & env.all_docs.keys())


def setup_discovery(app: Sphinx, reader: HeadReader) -> None:
    """Install the overlay after all others have set up their builder.

    :param reader: is told what was found of sources that it will read.
    """
    install = partial(_install_overlay, reader=reader)
    app.connect("builder-inited", install, priority=900)
    app.connect("env-get-outdated", _find_outdated)
