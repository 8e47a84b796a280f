"""The pictures of one page: which files show them, and their way into the output."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_leadposts.imaging.picture import is_decoded
from sphinx_leadposts.imaging.places import BODY, PRINT, SOCIAL
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import find_base_url, is_website
from sphinx_leadposts.sphinx_ext.nodes import PICTURE_KEY, leadposts_block
from sphinx_leadposts.sphinx_ext.picture_uses import PictureUse
from sphinx_leadposts.sphinx_ext.reading_phase.lines import find_line
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.writing_phase.body_images import dress_image
from sphinx_leadposts.sphinx_ext.writing_phase.html import list_pictures
from sphinx_leadposts.sphinx_ext.writing_phase.links import find_source
from sphinx_leadposts.sphinx_ext.writing_phase.page_heads import find_head_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.imaging.candidates import Candidate
    from sphinx_leadposts.imaging.places import Place
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery

#: Builders of text, which say what a picture shows.
_TEXT: Final = frozenset({"text", "man"})


def place_pictures(
    gallery: Gallery, app: Sphinx, doctree: nodes.document, docname: str
) -> set[str]:
    """Choose the files for the pictures of a page; return the names of all of them.

    Sphinx copies them into the output. What the builder cannot show is taken out. Of
    pictures that could not be made, the name is that of the picture.
    """
    builder = app.builder
    candidates: list[Candidate] = []
    missing: set[str] = set()
    if builder.format == "html":
        for picture, place in _list_uses(builder, doctree, docname):
            found = gallery.show(builder, picture, place)
            candidates += found
            if picture.source and not found:
                missing.add(picture.name)
    images = list(_find_images(doctree))
    if images and builder.format == "html":
        candidates += _place_in_html(gallery, builder, images)
    elif images and builder.supported_image_types:
        blog = get_blog(builder.env)
        uses = [_use(blog, image, docname) for image in images]
        gallery.make(app, builder, uses)
        candidates += _place_on_paper(gallery, builder, images)
    else:
        _place_in_text(builder, images)
    for candidate in candidates:
        builder.images[str(candidate.path)] = candidate.name
    return {candidate.name for candidate in candidates} | missing


def list_body_pictures(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the names that Sphinx gave the pictures of each document's body.

    Without those that are shown by files of ours.
    """
    dressed = set()
    if read_config(env.config).body_images:
        for docname, record in get_blog(env).records.items():
            dressed |= {
                (docname, shown.path) for shown, _ in record.pictures if shown.width
            }
    names: defaultdict[str, list[str]] = defaultdict(list)
    for path, (docnames, name) in env.images.items():
        for docname in docnames:
            if (docname, path) not in dressed:
                names[docname].append(name)
    return names


def _list_uses(
    builder: Builder, doctree: nodes.document, docname: str
) -> Iterator[tuple[Picture, Place]]:
    """Yield the pictures that a page shows beside its text, and what its head names."""
    for shown in doctree.findall(leadposts_block):
        yield from list_pictures(shown.context)
    if is_website(builder) and find_base_url(builder.config):
        named = find_head_picture(get_blog(builder.env), docname)
        # Of a picture that is not decoded, nothing can be made.
        if named and named.source and is_decoded(named.source):
            yield named, SOCIAL


def _find_images(doctree: nodes.document) -> Iterator[nodes.image]:
    return (image for image in doctree.findall(nodes.image) if PICTURE_KEY in image)


def _use(blog: BlogDomain, image: nodes.image, docname: str) -> PictureUse:
    picture = image[PICTURE_KEY]
    docname = find_source(image) or docname
    post = blog.posts.get(docname)
    is_header = post is not None and post.picture == picture
    line = blog.find_line(docname, "image") if is_header else find_line(image)
    return PictureUse(picture=picture, places=(PRINT,), docname=docname, line=line)


def _place_in_html(
    gallery: Gallery, builder: Builder, images: Iterable[nodes.image]
) -> Iterator[Candidate]:
    if not read_config(builder.config).body_images:
        return
    for image in images:
        candidates = gallery.show(builder, image[PICTURE_KEY], BODY)
        if candidates:
            dress_image(image, candidates)
        yield from candidates


def _place_on_paper(
    gallery: Gallery, builder: Builder, images: Iterable[nodes.image]
) -> Iterator[Candidate]:
    for image in images:
        picture: Picture = image[PICTURE_KEY]
        candidates = gallery.show(builder, picture, PRINT)
        if not candidates:
            _drop(image)
            continue
        image["uri"] = str(candidates[0].path)
        image["candidates"] = {"*": image["uri"]}
        yield candidates[0]


def _place_in_text(builder: Builder, images: Iterable[nodes.image]) -> None:
    for image in images:
        if builder.format in _TEXT and not image.get("alt"):
            _drop(image)
        # Builders of XML would print it.
        del image[PICTURE_KEY]


def _drop(image: nodes.image) -> None:
    image.parent.remove(image)
