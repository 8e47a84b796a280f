"""Pictures in the text of posts, as HTML in which a browser chooses the file."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_leadposts.sphinx_ext.nodes import PICTURE_KEY
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.writing_phase.srcset import (
    be_lazy,
    find_column,
    make_offer,
    measure_column,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_leadposts.imaging.candidates import Candidate
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.sphinx_ext.writing_phase.srcset import Offer

_STYLE: Final = "leadposts-body-image"
_SIDES: Final = ("width", "height")
#: A length as docutils passes it on: a number, and a unit or none.
_LENGTH: Final = re.compile(r"(\d+\.?\d*|\.\d+)\s*(\S*)")


class leadposts_image(nodes.image):  # noqa: N801
    """An image with several files; lives only while a page of HTML is written.

    What looks for images finds it, too.
    """


def dress_image(image: nodes.image, candidates: Sequence[Candidate]) -> None:
    """Put an image of which there are several files in place of ``image``."""
    made = leadposts_image("", **image.attributes)
    made.source, made.line = image.source, image.line
    made["uri"] = str(candidates[-1].path)
    # Sphinx chooses a file by this, and knows none of ours.
    made["candidates"] = {"*": made["uri"]}
    made["leadposts_candidates"] = candidates
    made.setdefault("loading", "lazy")
    made.setdefault("alt", "")
    _settle_size(made, image[PICTURE_KEY].width)
    image.replace_self(made)


def _settle_size(image: leadposts_image, own: int) -> None:
    """Give each length a unit, with the scale taken into account.

    Without a unit it would become an attribute, which style sheets overrule. To scale
    a picture Sphinx would measure the file, and take no notice of EXIF.
    """
    share = int(image.attributes.pop("scale", 100)) / 100
    if share != 1 and not any(side in image for side in _SIDES):
        image["width"] = str(own)
    for side in _SIDES:
        if length := _LENGTH.fullmatch(str(image.get(side, "")).strip()):
            image[side] = f"{float(length[1]) * share:g}{length[2] or 'px'}"


def visit_image(translator: HTML5Translator, node: leadposts_image) -> None:
    """Write the image as docutils does, and put around it what is ours."""
    builder = translator.builder
    picture = node[PICTURE_KEY]
    # Not earlier: Sphinx gives the classes of an image to a link around it, too.
    node["classes"].append(_STYLE)
    width, share = _find_width(node, picture)
    column = find_column(builder.config.html_theme)
    sizes = measure_column(column, width, share=share)
    offer = make_offer(
        builder.imgpath,
        node["leadposts_candidates"],
        be_lazy(sizes) if node["loading"] == "lazy" else sizes,
        formats=read_config(builder.config).image_formats,
    )
    start = len(translator.body)
    translator.visit_image(node)
    made = "".join(translator.body[start:])
    del translator.body[start:]
    translator.body.append(_enrich(made, node, offer))


def depart_image(translator: HTML5Translator, node: leadposts_image) -> None:
    """Nothing is left to do."""


def _enrich(made: str, node: leadposts_image, offer: Offer) -> str:
    """Return docutils' HTML of an image with our attributes, in our element."""
    picture = node[PICTURE_KEY]
    attributes = {"decoding": "async"}
    if offer.srcset:
        attributes |= {"srcset": offer.srcset, "sizes": offer.sizes}
    if not any(side in node for side in _SIDES):
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


def _find_width(node: leadposts_image, picture: Picture) -> tuple[int, float]:
    """Return how wide an image is shown, as far as that is known.

    In CSS pixels, and as the share of its column that it takes at most.
    """
    ratios = {"width": 1.0, "height": picture.width / picture.height}
    for side, ratio in ratios.items():
        length = _LENGTH.fullmatch(str(node.get(side, "")))
        if length and length[2] == "px":
            return max(1, round(float(length[1]) * ratio)), 1
        if length and length[2] == "%" and side == "width":
            return picture.width, float(length[1]) / 100
    return picture.width, 1


def setup_body_images(app: Sphinx) -> None:
    """Register the node of images."""
    app.add_node(leadposts_image, html=(visit_image, depart_image))
