"""From answers to blocks: which template shows an answer, and with what values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.model.listing import (
    ArchivesPart,
    CardPart,
    ListPart,
    Look,
    RunPart,
    TagsPart,
)
from sphinx_leadposts.model.nearby import RelatedPart
from sphinx_leadposts.model.shown import (
    Cluster,
    Header,
    Intro,
    Listing,
    Neighbours,
    Reading,
    SeriesBox,
    Slot,
)
from sphinx_leadposts.sphinx_ext.nodes import leadposts_block
from sphinx_leadposts.sphinx_ext.writing_phase.wording import _, say_cluster_title

if TYPE_CHECKING:
    from docutils import nodes

    from sphinx_leadposts.model.part import Answer, Part


def make_block(part: Part, answer: Answer, *, level: int) -> leadposts_block | None:
    """Return the block that shows ``answer``, ``None`` where there is nothing to show.

    :param level: that of headings in it.
    """
    name, values = "", dict[str, Any]()
    match answer:
        case Header():
            name, values = "header.html", {"header": answer}
        case SeriesBox():
            name, values = "series-box.html", {"series": answer}
        case Neighbours():
            name, values = "previous-next.html", {"near": answer}
        case Slot():
            name, values = f"{answer.name}.html", {"post": answer.post}
        case Cluster() if isinstance(part, GuidePostsPart):
            name, values = _show_cluster(part, answer)
        case Listing():
            name, values = _show_listing(part, answer)
        case tuple() if isinstance(part, TagsPart):
            name, values = "tag-list.html", {"tags": answer, "part": part}
        case tuple() if isinstance(part, ArchivesPart):
            name, values = "archive-list.html", {"archives": answer, "part": part}
    if not name:
        return None
    made = _fill(name, level=level, **values)
    made["is_for_web"] = isinstance(answer, Slot)
    return made


def make_archive_image(intro: Intro) -> leadposts_block | None:
    """Return the picture that opens the page of an archive."""
    if intro.picture is None:
        return None
    return _fill("archive-image.html", picture=intro.picture)


def make_reading_cards(
    title: str, reading: Reading, items: nodes.Element, *, level: int
) -> leadposts_block:
    """Return cards for further reading; their links are those of ``items``."""
    made = _fill(
        "further-reading.html",
        level=level,
        leads=reading.leads,
        title=title,
        look=Look(),
    )
    made += items
    return made


def _fill(name: str, *, level: int = 2, **values: object) -> leadposts_block:
    return leadposts_block(
        "", template=name, context={"level": min(level, 6), **values}
    )


def _show_listing(part: Part, listing: Listing) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"listing": listing, "look": Look(), "empty": ""}
    match part:
        case RelatedPart():
            look = Look(layout=part.layout)
            name = "related.html" if listing.cards else ""
            return name, values | {"look": look}
        case CardPart():
            look = Look(columns=("1",) * 4, class_card=part.class_card)
            return "single-card.html", values | {"look": look}
        case ListPart():
            values |= {"look": part.look, "empty": part.empty}
        case RunPart():
            values |= {"empty": _("No posts yet.")}
    return "listing.html", values


def _show_cluster(part: GuidePostsPart, cluster: Cluster) -> tuple[str, dict[str, Any]]:
    return "guide-posts.html" if cluster.groups or part.empty else "", {
        "groups": cluster.groups,
        "title": part.title or say_cluster_title(),
        "empty": part.empty,
        "look": part.look,
    }
