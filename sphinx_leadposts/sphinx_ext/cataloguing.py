"""How the catalog is made of what was recorded, and of what the site says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.config import DRAWN_COVER
from sphinx_leadposts.imaging.picture import describe_cover
from sphinx_leadposts.model.catalog import Catalog
from sphinx_leadposts.model.directory import Site
from sphinx_leadposts.model.picture import Cover, Picture
from sphinx_leadposts.sphinx_ext.links import find_own_domains
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.registries import read_registries
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


def make_catalog(blog: BlogDomain) -> Catalog:
    """Return the catalog of the blog as it stands."""

    def find_cover(post: Post) -> Picture | None:
        chosen = read_config(blog.env.config).cover
        if chosen != DRAWN_COVER:
            return chosen if isinstance(chosen, Picture) else None
        tag = catalog.tag_index.find_key(post.tags[0]) if post.tags else ""
        cover = Cover(seed=post.docname, tag=tag)
        return Picture(source=describe_cover(cover), cover=cover)

    catalog = Catalog(
        blog.posts.values(),
        site=_describe_site(blog.env),
        registries=read_registries(blog.env.config),
        documents=blog.documents,
        links=blog.list_body_links,
        cover=find_cover,
        related=blog.related.list_names,
    )
    return catalog


def _describe_site(env: BuildEnvironment) -> Site:
    config, std = env.config, env.domains.standard_domain
    return Site(
        docnames=env.found_docs,
        held_back={name: p.old_paths for name, p in get_held_back(env).items()},
        domains=find_own_domains(config),
        root=config.root_doc,
        folders=read_config(config).folders,
        labels={name: place[0] for name, place in std.anonlabels.items()},
    )
