"""The pictures of the starter blog: one calm landscape for each of its posts.

Nothing in them is random: under one Pillow, a picture has the same bytes every time.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.commands.canvas import SIZE, Canvas, roll

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_GOLDEN: Final = 0.6180339887  # its multiples scatter evenly without a pattern


def draw_picture(name: str) -> bytes:
    """Draw one of the `PICTURES`; gives the content of its file."""
    canvas = PICTURES[name]()
    return canvas.encode()


def _draw_wheels() -> Canvas:
    """Translucent wheels that overlap along a line, like the links of a chain."""
    canvas = Canvas("#fbf1dc", "#f9e6c8", "#f3cda6")
    canvas.glow(900, 120, 1000, "#fffaf0", 0.9)
    canvas.shape(roll(545, (26, 1500, 200)), "#e9b08b", "#d18767")
    for x, y, radius, colour in (
        (60, 424, 150, "#e2a23b"),
        (262, 382, 198, "#2f6f73"),
        (500, 420, 154, "#c8553d"),
        (742, 352, 228, "#e2a23b"),
        (976, 414, 162, "#3d7f86"),
        (1176, 396, 182, "#c8553d"),
    ):
        _mount_wheel(canvas, x, y, radius, colour)
    canvas.shape(roll(612, (14, 1300, 700)), "#8f4a3f", "#66302f")
    return canvas


def _mount_wheel(
    canvas: Canvas, x: float, y: float, radius: float, colour: str
) -> None:
    canvas.disc(x, y, radius, colour, 0.5)
    canvas.ring(x, y, radius, colour, width=12, opacity=0.8)
    canvas.ring(x, y, radius - 17, "#fff6e6", width=2.5, opacity=0.85)
    for spoke in range(20):
        # Spokes leave the hub sideways, every other one to the other side.
        turn = math.tau * spoke / 20
        lean = turn + (1.3 if spoke % 2 else -1.3)
        hub = (x + 13 * math.cos(lean), y + 13 * math.sin(lean))
        rim = (x + (radius - 18) * math.cos(turn), y + (radius - 18) * math.sin(turn))
        canvas.line(hub, rim, "#fff6e6", width=1.2, opacity=0.55)
    canvas.disc(x, y, 16, "#fff6e6", 0.95)
    canvas.disc(x, y, 5, colour)


def _draw_lights() -> Canvas:
    """Two strings of soft lights along a road at dusk, that meet at the horizon."""
    canvas = Canvas("#141a3c", "#2b2a5c", "#5b3f78", "#a85a7c", "#f0a078")
    for step in range(1, 61):
        x = SIZE[0] * (step * _GOLDEN % 1)
        y = 290 * (step * step * 0.7548776662 % 1)  # squares: stars stand in no rows
        canvas.disc(x, y, 0.8 + 1.1 * (step * 0.5698 % 1), "#fff3dc", 0.7 - y / 480)
    canvas.glow(630, 470, 600, "#ffae7a", 0.95)
    canvas.shape(roll(430, (34, 900, 120), (12, 310, 0)), "#4a3768", "#33295a")
    canvas.shape(roll(464, (22, 1100, 640), (8, 270, 90)), "#2c2450", "#131231")
    canvas.shape(
        [(622, 470), (634, 470), (1000, 675), (200, 675)], "#5a3d66", "#1d1a40"
    )
    for step in range(12):
        near = (step / 11) ** 2.4
        radius = 2.5 + 38 * near
        y = 470 + 150 * near
        for x, colour in (
            (622 - 500 * near, "#ffd58a"),
            (634 + 470 * near, "#ff6b5e"),
        ):
            canvas.glow(x, y, radius * 4.2, colour, 0.6)
            canvas.disc(x, y, radius, colour, 0.95 - 0.35 * near)
            canvas.disc(x, y, radius * 0.55, "#fff3dc", 0.55)
    return canvas


def _draw_frost() -> Canvas:
    """Draw hills under snow, a pale sun, a row of firs and a few flakes."""
    canvas = Canvas("#b9d3e6", "#d6e5ee", "#f6eee6", "#f9e3d3")
    canvas.glow(845, 225, 480, "#ffffff", 1)
    canvas.disc(845, 225, 62, "#fffdf6")
    canvas.shape(roll(362, (46, 860, 90), (16, 300, 40)), "#aec6d9", "#dde8ef")
    canvas.shape(roll(438, (40, 1050, 560), (11, 350, 10)), "#8eadc7", "#d3e0ea")
    near = roll(512, (34, 1240, 980), (8, 420, 60))
    for step in range(26):
        x = 40 + 1130 * (step * _GOLDEN % 1)
        foot = next(y for px, y in near[1:] if px >= x) + 14
        _plant_fir(canvas, x, foot, 52 + 46 * (step * 0.7548 % 1))
    canvas.shape(near, "#f4f8fb", "#c3d5e4")
    canvas.shape(roll(604, (24, 1500, 260)), "#ffffff", "#dce7f0")
    for step in range(90):
        x = SIZE[0] * (step * _GOLDEN % 1)
        y = SIZE[1] * (step * step * 0.7548776662 % 1)
        canvas.disc(x, y, 1.4 + 2.4 * (step * 0.5698 % 1), "#ffffff", 0.8)
    return canvas


def _plant_fir(canvas: Canvas, x: float, foot: float, height: float) -> None:
    for tier in range(3):
        top = foot - height * (1 - 0.25 * tier)
        half = height * (0.13 + 0.06 * tier)
        low = top + height * 0.45
        canvas.shape([(x, top), (x + half, low), (x - half, low)], "#4d7390", "#385c79")


def _draw_river() -> Canvas:
    """Draw a river in the morning: wide waves below a low sun."""
    canvas = Canvas("#bfe3dc", "#dff0dc", "#fbf3cf", "#fde3b0")
    canvas.glow(330, 282, 700, "#fff6c8", 1)
    canvas.disc(330, 282, 84, "#fff9e3")
    waters = (
        (318, 20, 1000, 60, "#a9d8cc", "#8cc8c0"),
        (374, 24, 860, 420, "#7fc1ba", "#62afae"),
        (434, 26, 980, 760, "#54a1a6", "#3f8d98"),
        (499, 28, 880, 180, "#347f8d", "#296d80"),
        (566, 26, 1060, 540, "#235f74", "#1b4d65"),
        (630, 20, 940, 900, "#173f58", "#123349"),
    )
    for base, height, length, shift, top, bottom in waters:
        outline = roll(base, (height, length, shift), (height / 4, length / 3, shift))
        canvas.shape(
            [(x, y - 3) for x, y in outline], "#fffbe6", "#fffbe6", opacity=0.5
        )
        canvas.shape(outline, top, bottom)
    return canvas


def _draw_hills() -> Canvas:
    """Draw a large sun behind one range of hills after another."""
    canvas = Canvas("#f6a77c", "#fbc394", "#fde0b8", "#fff0d6")
    canvas.glow(790, 300, 720, "#fff3d2", 1)
    canvas.disc(790, 300, 128, "#fff6df")
    hills = (
        (372, 34, 700, 200, "#eeb093", "#f8d4b2"),
        (420, 44, 920, 640, "#d98a80", "#eeb99f"),
        (477, 46, 780, 60, "#b3667a", "#d5928a"),
        (537, 44, 1020, 500, "#80486f", "#ab6a7c"),
        (600, 36, 860, 820, "#4c2f5b", "#6d4369"),
        (648, 24, 1100, 300, "#2a1f42", "#2f2247"),
    )
    for base, height, length, shift, top, bottom in hills:
        waves = (height, length, shift), (height / 3, length / 2.7, shift / 2)
        canvas.shape(roll(base, *waves), top, bottom)
    return canvas


def _draw_lake() -> Canvas:
    """Draw mountains and a small moon above a lake that mirrors them."""
    canvas = Canvas("#2a4a7c", "#5f86b3", "#c9c6cf", "#fbd3b4", "#fbd3b4")
    canvas.glow(470, 374, 560, "#ffcba0", 1)
    canvas.disc(905, 96, 30, "#fdf6e3", 0.95)
    ranges = (
        (292, 62, 420, 60, "#6d8cae", "#b9c4cc"),
        (328, 50, 560, 330, "#587f9d", "#a9bcc4"),
        (366, 30, 380, 150, "#35607c", "#6f93a6"),
    )
    for base, height, length, shift, top, bottom in ranges:
        waves = (height, length, shift), (height / 3, length / 2.3, shift)
        small = (height / 9, length / 6.1, shift)
        canvas.shape(roll(base, *waves, small, sharp=True), top, bottom)
    canvas.shape(roll(396, (10, 620, 40), (4, 160, 0)), "#1f4058", "#1a354b")
    canvas.mirror(416, "#1c4a6b", 0.28)
    for step in range(16):
        y = 430 + 15 * step
        half = 60 + 150 * (step * _GOLDEN % 1)
        x = 160 + 900 * (step * 0.7548776662 % 1)
        canvas.shape(
            [(x - half, y), (x, y - 1.2), (x + half, y), (x, y + 1.2)],
            "#fff4dd",
            opacity=0.35,
        )
    return canvas


PICTURES: Final[Mapping[str, Callable[[], Canvas]]] = MappingProxyType(
    {
        "wheels.jpg": _draw_wheels,
        "lights.jpg": _draw_lights,
        "frost.jpg": _draw_frost,
        "river.jpg": _draw_river,
        "hills.jpg": _draw_hills,
        "lake.jpg": _draw_lake,
    }
)
"""Every picture by its file name, with the function that draws it."""
