"""The figures as a picture: how much CPU time each contender takes, beside the base.

Drawn on a light card, so that it can be read on a light page and on a dark one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ratios import describe_builds, list_ratios

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from figures import Figures
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from ratios import Ratios

SUFFIXES: Final = (".svg", ".png")
_BASE_NAME: Final = "Sphinx + MyST + sphinx-design"
#: Contenders in the order of their bars, with their names and colours, which can be
#: told apart in every kind of colour vision and in grey.
_CONTENDERS: Final = {
    "bare": ("Sphinx + MyST", "#a3adb8"),
    "leadposts": ("sphinx-leadposts", "#0969da"),
    "ablog": ("ABlog", "#d9822b"),
}
_SCENARIOS: Final = {
    "full": "Full build",
    "unchanged": "Nothing changed",
    "body": "Text edited",
    "title": "Title edited",
    "retag": "Tag added",
    "new": "Post added",
}
_TITLE: Final = "CPU time of a build, as a multiple of the base: less is better"
_INK: Final = "#1f2328"
_QUIET_INK: Final = "#59636e"
_CARD: Final = "#ffffff"
_EDGE: Final = "#d1d9e0"
_FONT: Final = "DejaVu Sans"
_FONT_SIZE: Final = 10
#: In inches; a README shows a picture of this width without scaling it.
_WIDTH: Final = 8.4
_MARGIN: Final = 0.3
_HEAD: Final = 1.15
_FOOT: Final = 0.9
_LABELS: Final = 1.3
_GAP: Final = 0.35
_BAR: Final = 0.19
#: What lies between two scenarios, in bars.
_SPACE: Final = 0.9
#: What is kept for the number behind the longest bar, in inches.
_NUMBER: Final = 0.55
#: Dots an inch of a picture in pixels.
_DPI: Final = 200


def draw_plot(figures: Figures, path: Path) -> None:
    """Write a bar chart of the ratios, one panel a theme, as SVG or PNG.

    The same figures give the same bytes with the same version of Matplotlib.

    :raises RatiosError: where there is nothing to draw
    """
    # Only ``--plot`` needs it.
    from matplotlib import rc_context  # noqa: PLC0415

    panels = list_ratios(figures.samples)
    style = {
        "font.family": _FONT,
        "font.size": _FONT_SIZE,
        "svg.hashsalt": "leadposts",
        "text.color": _INK,
    }
    with rc_context(style):
        figure = _draw_figure(panels, describe_builds(figures))
        is_svg = path.suffix == ".svg"
        metadata = {"Date": None, "Title": _TITLE} if is_svg else {}
        figure.savefig(path, dpi=_DPI, transparent=True, metadata=metadata)


def _draw_figure(panels: Mapping[str, Ratios], note: str) -> Figure:
    """Return a card with heading, key, one panel a theme, and a note."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    first = next(iter(panels.values()))
    names = [n for n in _CONTENDERS if any(n in row for row in first.values())]
    tall = len(first) * (len(names) + _SPACE) * _BAR
    height = _HEAD + tall + _FOOT
    figure = Figure(figsize=(_WIDTH, height), facecolor="none")
    _draw_card(figure)
    left, top = _MARGIN / _WIDTH, 1 - _MARGIN / height
    figure.text(left, top, _TITLE, va="top", fontsize=13, fontweight="bold")
    _draw_key(figure, names)
    figure.text(left, 0.2 / height, note, va="bottom", color=_QUIET_INK, fontsize=8)
    wide = _WIDTH - 2 * _MARGIN - _LABELS - _GAP * (len(panels) - 1)
    wide /= len(panels)
    rows = [row for ratios in panels.values() for row in ratios.values()]
    longest = max(1.0, *(ratio for row in rows for ratio in row.values()))
    for place, (theme, ratios) in enumerate(panels.items()):
        start = _MARGIN + _LABELS + place * (wide + _GAP)
        box = (start / _WIDTH, _FOOT / height, wide / _WIDTH, tall / height)
        axes = figure.add_axes(box, facecolor="none")
        _draw_bars(axes, ratios, names)
        axes.set_xlim(0, longest * wide / (wide - _NUMBER))
        axes.set_title(theme, loc="left", fontsize=_FONT_SIZE, color=_QUIET_INK)
        axes.tick_params(labelleft=place == 0)
    return figure


def _draw_card(figure: Figure) -> None:
    """Draw the light card with round corners that everything else stands on."""
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415

    width, height = figure.get_size_inches()
    inset, radius = 0.02, 0.1
    corners = f"round,pad=0,rounding_size={radius}"
    card = FancyBboxPatch(
        (inset, inset),
        width - 2 * inset,
        height - 2 * inset,
        boxstyle=corners,
        transform=figure.dpi_scale_trans,
        facecolor=_CARD,
        edgecolor=_EDGE,
        linewidth=1,
        zorder=-1,
    )
    figure.add_artist(card)


def _draw_key(figure: Figure, names: Sequence[str]) -> None:
    """Say under the heading which colour is whose, and what the line at 1 is."""
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    height = figure.get_figheight()
    base = Line2D([], [], color=_INK, linewidth=1.2, label=f"base: {_BASE_NAME}")
    patches = [
        Patch(color=color, label=label)
        for label, color in (_CONTENDERS[name] for name in names)
    ]
    figure.legend(
        handles=[base, *patches],
        loc="upper left",
        bbox_to_anchor=(_MARGIN / _WIDTH, 1 - 0.58 / height),
        ncols=1 + len(patches),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=1.1,
        handletextpad=0.5,
        columnspacing=1.6,
        fontsize=9,
    )


def _draw_bars(axes: Axes, ratios: Ratios, names: Sequence[str]) -> None:
    """Draw the bars of one theme from 0, each with its number behind it."""
    middles = []
    for turn, row in enumerate(ratios.values()):
        first = turn * (len(names) + _SPACE)
        middles.append(first + (len(names) - 1) / 2)
        for place, name in enumerate(names):
            if name not in row:
                continue
            axes.barh(first + place, row[name], height=0.86, color=_CONTENDERS[name][1])
            axes.annotate(
                f"{row[name]:.2f}",
                # Behind the line at 1, which would cross it out.
                (max(row[name], 1), first + place),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=8.5,
                fontweight="bold" if name == "leadposts" else "normal",
            )
    axes.axvline(1, color=_INK, linewidth=1.2)
    axes.set_yticks(middles, [_SCENARIOS[scenario] for scenario in ratios])
    ends = len(ratios) * (len(names) + _SPACE) - _SPACE
    axes.set_ylim(ends - 0.5 + _SPACE / 2, -0.5 - _SPACE / 2)
    axes.tick_params(length=0, labelcolor=_INK)
    axes.tick_params(axis="x", labelcolor=_QUIET_INK, labelsize=8.5)
    axes.xaxis.set_major_formatter("{x:g} ×")
    axes.xaxis.get_major_locator().set_params(nbins=6)
    axes.spines[:].set_visible(False)
