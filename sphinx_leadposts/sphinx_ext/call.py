"""Calls to action as nodes that every builder knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

CALL_CLASS: Final = "leadposts-call-to-action"
#: As sphinx-design's ``button-ref`` with the colours ``primary`` and ``primary`` in
#: outline; a class on a link that Sphinx resolves stays on what it becomes.
_BUTTON: Final = ["sd-sphinx-override", "sd-btn", "sd-text-wrap"]
_COLORS: Final = ("sd-btn-primary", "sd-btn-outline-primary")


def make_call(
    title: str, text: Sequence[nodes.Node], buttons: Sequence[nodes.Element]
) -> nodes.container:
    """Return a call with ``title``, the blocks of ``text`` and ``buttons``.

    The first button is filled, the second has an outline.
    """
    call = nodes.container("", classes=[CALL_CLASS], is_div=True)
    if title:
        strong = nodes.strong("", title)
        call += nodes.paragraph("", "", strong, classes=[f"{CALL_CLASS}-title"])
    call += list(text)
    if buttons:
        # Lines, so that plain text does not run one button into the other.
        row = nodes.line_block("", classes=[f"{CALL_CLASS}-buttons"])
        for button, color in zip(buttons, _COLORS, strict=False):
            button["classes"] = [*button["classes"], *_BUTTON, color]
            row += nodes.line("", "", button)
        call += row
    return call
