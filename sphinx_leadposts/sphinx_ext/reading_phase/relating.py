"""Related posts are found when all posts have been read, if any has changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_leadposts.model.related_facts import list_facts
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.reading_phase.stems import StemReader
from sphinx_leadposts.sphinx_ext.related_store import gather_terms
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.texts import read_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.sphinx_ext.stemmer import Stemmer


def _relate_posts(app: Sphinx, env: BuildEnvironment, stemmer: Stemmer) -> None:
    blog = get_blog(env)
    count = read_config(app.config).related
    if not count:
        blog.related.note_state("")
        return
    related = blog.related
    store, digests = related.store, related.term_digests
    facts = ((fact, digests.get(fact[0])) for fact in list_facts(blog.catalog))
    state = store.name_state(facts, count)
    if not store.has(state):
        # Loaded late: most builds find relations that are right.
        from sphinx_leadposts.sphinx_ext.relations import relate  # noqa: PLC0415

        known = {**store.load_terms(), **related.fresh_terms}
        reader = StemReader(stemmer)

        def read(docname: str) -> bytes:
            section = next(env.get_doctree(docname).findall(nodes.section))
            return reader.read(env.config, section, read_text(section))

        terms = gather_terms(blog.posts, digests, known, read)
        store.save_terms(terms)
        store.save(state, relate(blog.catalog, terms, count))
    if related.fresh_terms or related.state != state:
        related.note_state(state)


def setup_relating(app: Sphinx, stemmer: Stemmer) -> None:
    """Have the posts related to each other before the environment is pickled."""
    app.connect("env-updated", partial(_relate_posts, stemmer=stemmer))
