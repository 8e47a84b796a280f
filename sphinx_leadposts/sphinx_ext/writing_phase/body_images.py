"""Pictures in the text of posts, as HTML in which a browser chooses the file."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_leadposts.config import read_config
from sphinx_leadposts.sphinx_ext.nodes import PICTURE_KEY
from sphinx_leadposts.sphinx_ext.writing_phase.srcset import (
    make_offer,
    measure_column,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_leadposts.imaging.candidates import Candidate
    from sphinx_leadposts.sphinx_ext.writing_phase.srcset import Offer

_STYLE: Final = "leadposts-body-image"
_SIZES: Final = ("width", "height", "scale")


class responsive_image(nodes.image):  # noqa: N801
    """An image with several files; lives only while a page of HTML is written.

    What looks for images finds it, too.
    """


def dress_image(image: nodes.image, candidates: Sequence[Candidate]) -> None:
    """Put an image of which there are several files in place of ``image``."""
    made = responsive_image("", **image.attributes)
    made.source, made.line = image.source, image.line
    made["uri"] = str(candidates[-1].path)
    # Sphinx chooses a file by this, and knows none of ours.
    made["candidates"] = {"*": made["uri"]}
    made["leadposts_candidates"] = candidates
    made["classes"] = [*image["classes"], _STYLE]
    made.setdefault("loading", "lazy")
    made.setdefault("alt", "")
    if "scale" in made and "width" not in made:
        # Sphinx would measure the file, and take no notice of EXIF.
        share = int(made["scale"]) / 100
        made["width"] = f"{round(image[PICTURE_KEY].width * share)}px"
        del made["scale"]
    image.replace_self(made)


def visit_image(translator: HTML5Translator, node: responsive_image) -> None:
    """Write the image as docutils does, and put around it what is ours."""
    builder = translator.builder
    picture = node[PICTURE_KEY]
    width = _find_width(node, picture.width)
    offer = make_offer(
        builder.imgpath,
        node["leadposts_candidates"],
        f"auto, {measure_column(width)}",
        formats=read_config(builder.config).image_formats,
    )
    start = len(translator.body)
    translator.visit_image(node)
    made = "".join(translator.body[start:])
    del translator.body[start:]
    translator.body.append(_enrich(made, node, offer))


def depart_image(translator: HTML5Translator, node: responsive_image) -> None:
    """Nothing is left to do."""


def _enrich(made: str, node: responsive_image, offer: Offer) -> str:
    """Return docutils' HTML of an image with our attributes, in our element."""
    picture = node[PICTURE_KEY]
    attributes = {"decoding": "async"}
    if offer.srcset:
        attributes |= {"srcset": offer.srcset, "sizes": offer.sizes}
    if not any(name in node for name in _SIZES):
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
    elif 'style="' in made:
        # Its place is kept free where only one side was given.
        shape = f"aspect-ratio: {picture.width} / {picture.height}; "
        made = made.replace('style="', f'style="{shape}', 1)
    written = "".join(f' {n}="{html.escape(v)}"' for n, v in attributes.items())
    image = made.replace("<img", f"<img{written}", 1)
    if not offer.sources:
        return image
    sources = "".join(
        f'<source type="{mimetype}" srcset="{html.escape(srcset)}" '
        f'sizes="{html.escape(offer.sizes)}">'
        for mimetype, srcset in offer.sources
    )
    end = "\n" if image.endswith("\n") else ""
    body = image.removesuffix("\n")
    return f'<picture class="leadposts-picture">{sources}{body}</picture>{end}'


def _find_width(node: responsive_image, own: int) -> int:
    """Return how wide an image is shown at most, in CSS pixels."""
    width = str(node.get("width", ""))
    digits = width.removesuffix("px").strip()
    return min(own, int(digits)) if digits.isdecimal() else own


def setup_body_images(app: Sphinx) -> None:
    """Register the node of images."""
    app.add_node(responsive_image, html=(visit_image, depart_image))
