"""Numbers of figures in posts (``numfig``), which need no toctree for them.

``TocTreeCollector.assign_figure_numbers`` gives numbers along toctrees alone, so that a
``numref`` to a figure elsewhere is a warning. A post outside is numbered by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.domains.std import StandardDomain

from sphinx_leadposts.sphinx_ext.domain import get_blog

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    #: What ``env.toc_fignumbers`` holds of a document: by kind, then by anchor.
    Numbers = dict[str, dict[str, tuple[int, ...]]]


class FigureNumberer:
    """Gives numbers to the posts that Sphinx gave none."""

    def __init__(self) -> None:
        self._before: dict[str, Numbers] = {}

    def remember(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Keep the numbers of the build before, which Sphinx replaces."""
        self._before = env.toc_fignumbers
        return []

    def assign(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Give numbers from 1 in each post; return the posts whose numbers changed."""
        blog = get_blog(env)
        changed = []
        for docname in blog.posts if env.config.numfig else ():
            # Sphinx has walked through it, or it holds nothing that has a number.
            if docname not in env.toc_fignumbers:
                numbers = _count(blog.find_record(docname).numbered)
                if numbers:
                    env.toc_fignumbers[docname] = numbers
                if numbers != self._before.get(docname, {}):
                    changed.append(docname)
        self._before = {}
        return changed


def list_numbered(
    env: BuildEnvironment, doctree: nodes.document
) -> tuple[tuple[str, str], ...]:
    """Return kind and anchor of all that has a number in a document, in order."""
    if not env.config.numfig:
        return ()
    found = []
    for node in doctree.findall(nodes.Element):
        kind = _find_kind(env, node) if node["ids"] else None
        if kind:
            found.append((kind, node["ids"][0]))
    return tuple(found)


def _find_kind(env: BuildEnvironment, node: nodes.Element) -> str | None:
    for domain in env.domains.sorted():
        kind = domain.get_enumerable_node_type(node)
        # What has no caption has nothing that a number could stand before.
        is_bare = isinstance(domain, StandardDomain) and not domain.get_numfig_title(
            node
        )
        if kind and not is_bare:
            return kind
    return None


def _count(numbered: tuple[tuple[str, str], ...]) -> Numbers:
    numbers: Numbers = {}
    for kind, anchor in numbered:
        known = numbers.setdefault(kind, {})
        known[anchor] = (len(known) + 1,)
    return numbers


def setup_figure_numbers(app: Sphinx) -> None:
    """Have figures numbered, before and after Sphinx does so."""
    numberer = FigureNumberer()
    app.connect("env-get-updated", numberer.remember, priority=400)
    app.connect("env-get-updated", numberer.assign, priority=600)
