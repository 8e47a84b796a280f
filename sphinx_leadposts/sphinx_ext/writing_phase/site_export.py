"""From the blog to what ``leadposts.json`` says of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx_leadposts.imaging.places import HEADER
from sphinx_leadposts.model.card import link_authors
from sphinx_leadposts.model.lead import lead_to_guide
from sphinx_leadposts.publishing.redirects import make_address
from sphinx_leadposts.publishing.site_records import (
    EdgeData,
    GuideData,
    ImageData,
    PostData,
    SiteData,
    TagData,
)
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_leadposts.model.archive import Archive
    from sphinx_leadposts.model.guide import Guide
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery
    from sphinx_leadposts.sphinx_ext.writing_phase.website import Website


def export_site(
    website: Website, gallery: Gallery, settled: Mapping[str, str]
) -> SiteData:
    """Return what is known of the blog.

    :param settled: the post that each redirect leads to, by the file of the redirect.
    """
    return _SiteExport(website, gallery, settled).export()


class _SiteExport:
    def __init__(
        self, website: Website, gallery: Gallery, settled: Mapping[str, str]
    ) -> None:
        self._website = website
        self._gallery = gallery
        self._blog = get_blog(website.builder.env)
        self._catalog = self._blog.catalog
        self._redirects: defaultdict[str, list[str]] = defaultdict(list)
        for file, docname in settled.items():
            self._redirects[docname].append(self._place(make_address(file)))

    def export(self) -> SiteData:
        catalog = self._catalog
        config = read_config(self._website.builder.config)
        pictures = {post.picture for post in catalog.posts if post.picture}
        images = {image.name: image for image in map(self._export_image, pictures)}
        return SiteData(
            title=self._website.name_page(config.title),
            language=self._website.language,
            base_url=self._website.base,
            posts=tuple(self._export_post(post) for post in catalog.posts),
            tags=tuple(self._export_tag(tag) for tag in catalog.shelves["tag"].shown),
            guides=tuple(self._export_guide(g) for g in catalog.guides.guides),
            images=tuple(images.values()),
            edges=tuple(self._list_edges()),
        )

    def _place(self, uri: str) -> str:
        """Return an address from the root of the site, whole where that is known."""
        return self._website.base + uri

    def _locate(self, docname: str | None) -> str:
        if docname is None:
            return ""
        uri = self._website.builder.get_target_uri(docname)
        # The first page of a site with pages in folders has an empty one.
        return self._place(uri) or "./"

    def _export_post(self, post: Post) -> PostData:
        catalog = self._catalog
        tags = catalog.shelves["tag"].list_of(post)
        return PostData(
            docname=post.docname,
            url=self._locate(post.docname),
            title=post.title,
            words=post.words,
            date=post.date,
            updated=post.updated,
            description=post.description,
            summary="" if post.description else catalog.summarize(post),
            image=_name_image(post.picture) if post.picture else "",
            image_alt=post.picture.alt if post.picture else "",
            tags=tuple(tag.slug for tag in tags if not tag.entry.is_hidden),
            categories=tuple(
                archive.label for archive in catalog.shelves["category"].list_of(post)
            ),
            authors=tuple(
                self._website.name_author(byline)
                for byline in link_authors(catalog, post)
            ),
            series=post.series,
            featured=post.featured,
            guides=tuple(guide.key for guide in catalog.guides.list_of_post(post)),
            external_url=post.external_url,
            canonical_url=post.canonical_url,
            redirects=tuple(self._redirects.get(post.docname, ())),
        )

    def _export_tag(self, tag: Archive) -> TagData:
        page = self._catalog.locate(tag)
        parent = self._catalog.find_tag(tag.entry.parent) if tag.entry.parent else None
        return TagData(
            slug=tag.slug,
            label=tag.label,
            count=len(tag.posts),
            docname=page or "",
            url=self._locate(page),
            description=tag.entry.description,
            parent=parent.slug if parent else "",
            aliases=tag.entry.aliases,
        )

    def _export_guide(self, guide: Guide) -> GuideData:
        lead = lead_to_guide(self._catalog, guide, picture=False)
        anchor = f"#{quote(lead.anchor)}" if lead.anchor else ""
        posts = self._catalog.guides.list_posts(guide.target)
        tags = (self._find_slug(key) for key in guide.tags)
        return GuideData(
            key=guide.key,
            title=lead.title,
            url=f"{self._locate(lead.docname)}{anchor}" if lead.docname else lead.url,
            docname=lead.docname,
            description=lead.description,
            tags=tuple(slug for slug in tags if slug),
            reviewed=lead.reviewed,
            posts=tuple(sorted(post.docname for post in posts)),
        )

    def _find_slug(self, key: str) -> str:
        tag = self._catalog.find_tag(key)
        return tag.slug if tag else ""

    def _export_image(self, picture: Picture) -> ImageData:
        name, source = _name_image(picture), picture.source
        if source is None:
            return ImageData(name=name, url=picture.path)
        found = self._gallery.show(self._website.builder, picture, HEADER)
        return ImageData(
            name=name,
            url=self._place(f"{self._website.builder.imagedir}/{quote(name)}"),
            width=source.width,
            height=source.height,
            mimetype=source.mimetype,
            # Of the file in the output, which has no metadata any more.
            bytes=found[-1].size if found else source.size,
        )

    def _list_edges(self) -> Iterator[EdgeData]:
        for edge in self._blog.list_edges(lists=False):
            if edge.kind != "list":
                yield EdgeData(
                    kind=edge.kind,
                    source=edge.source,
                    target=edge.target,
                    anchor=edge.anchor,
                    line=edge.line,
                )
        for post in self._catalog.posts:
            yield from self._list_post_edges(post)
        for series in self._catalog.shelves["series"].shown:
            for one, other in zip(series.posts, series.posts[1:], strict=False):
                yield EdgeData(kind="series", source=one.docname, target=other.docname)

    def _list_post_edges(self, post: Post) -> Iterator[EdgeData]:
        for tag in self._catalog.shelves["tag"].list_of(post):
            if not tag.entry.is_hidden:
                line = self._blog.find_line(post.docname, "tags")
                yield EdgeData(
                    kind="tag", source=post.docname, target=tag.slug, line=line
                )
        for docname in self._catalog.list_related(post.docname):
            if docname in self._catalog.by_docname:
                yield EdgeData(kind="related", source=post.docname, target=docname)


def _name_image(picture: Picture) -> str:
    """Return what a picture is called: its file, or its address elsewhere."""
    return picture.name or picture.path
