"""The picture of a link preview: which part of which picture, and in what frame."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageStat

from sphinx_leadposts.imaging.draw import draw_cover
from sphinx_leadposts.imaging.picture import describe_cover
from sphinx_leadposts.imaging.places import CARD, HEADER, SOCIAL, SOCIAL_SIZE
from sphinx_leadposts.imaging.plan import (
    PlanSettings,
    Recipe,
    plan_clean_copy,
    plan_print,
    plan_renditions,
)
from sphinx_leadposts.imaging.render import render_cover, render_picture
from sphinx_leadposts.imaging.social import plan_social
from sphinx_leadposts.imaging.source import describe_picture
from sphinx_leadposts.model.picture import Cover, PictureSource
from tests.picture_files import (
    GPS,
    encode,
    make_arrow,
    make_exif,
    make_logo,
    make_p3_profile,
    make_photo,
    measure_delta,
)

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (20, 150, 60), (30, 60, 200), (240, 210, 40)
WIDTH, HEIGHT = 1200, 630
#: In L*a*b*: more than JPEG at quality 80 does to a plain colour, less than another.
NEAR: Final = 12


def describe(data: bytes, form: str = "JPEG") -> PictureSource:
    return describe_picture(Path(f"picture.{form.lower()}"), data)


def plan(source: PictureSource, focus: tuple[float, float] = (50, 50)) -> Recipe:
    recipe = plan_social(source, focus=focus)
    assert recipe
    return recipe


def render(
    data: bytes, form: str = "JPEG", focus: tuple[float, float] = (50, 50)
) -> bytes:
    """Return the file that is made of a picture."""
    (rendition,) = render_picture(data, [plan(describe(data, form), focus)])
    assert rendition.problem == ""
    assert rendition.content
    assert rendition.size == len(rendition.content)
    return rendition.content


def load(content: bytes) -> Image.Image:
    """Return the pixels of a file, which must be what every site takes."""
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        assert image.mode in {"RGB", "L"}
        assert image.size == (WIDTH, HEIGHT)
        return image.convert("RGB")


def make_quarters(size: tuple[int, int]) -> Image.Image:
    """Return red and green above blue and yellow."""
    image = Image.new("RGB", size, RED)
    draw = ImageDraw.Draw(image)
    x, y = size[0] // 2, size[1] // 2
    draw.rectangle((x, 0, *size), fill=GREEN)
    draw.rectangle((0, y, x - 1, size[1]), fill=BLUE)
    draw.rectangle((x, y, *size), fill=YELLOW)
    return image


def look(image: Image.Image, *points: tuple[int, int]) -> list[str]:
    """Return the names of the colours at some points, where they have one."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "yellow": YELLOW}
    names |= {"white": (255, 255, 255), "black": (0, 0, 0)}
    found = []
    for point in points:
        seen = image.getpixel(point)
        assert isinstance(seen, tuple)
        delta, name = min((measure_delta(seen, names[name]), name) for name in names)
        found.append(name if delta < NEAR else f"{seen}")
    return found


def is_padded(recipe: Recipe, source: PictureSource) -> bool:
    assert recipe.box
    left, top, right, bottom = recipe.box
    is_wider, is_taller = right - left > source.width, bottom - top > source.height
    assert not (is_wider and is_taller)
    return is_wider or is_taller


# Any picture -------------------------------------------------------------------------

DEEP = Image.linear_gradient("L").convert("I").point(lambda value: value * 257 + 0)
FRAMES = [Image.new("RGB", (400, 300), colour) for colour in (RED, BLUE, GREEN)]
MOVING = {"save_all": True, "append_images": FRAMES[1:], "duration": 40}
KINDS = {
    "photo": (encode(make_photo((1600, 900))), "JPEG"),
    "very large": (encode(make_photo((4200, 2800))), "JPEG"),
    "exact": (encode(make_photo((1200, 630))), "PNG"),
    "tiny": (encode(make_photo((20, 20)), "PNG"), "PNG"),
    "a pixel": (encode(Image.new("RGB", (1, 1), RED), "PNG"), "PNG"),
    "a line": (encode(make_photo((1000, 1)), "PNG"), "PNG"),
    "a thread": (encode(make_photo((1, 1000)), "PNG"), "PNG"),
    "a ribbon": (encode(make_photo((3, 9000)), "PNG"), "PNG"),
    "panorama": (encode(make_photo((5000, 400))), "JPEG"),
    "upright": (encode(make_photo((400, 1200))), "JPEG"),
    "square": (encode(make_photo((640, 640)), "WEBP"), "WEBP"),
    "avif": (encode(make_photo((900, 500)), "AVIF"), "AVIF"),
    "alpha": (encode(make_logo((600, 600)), "PNG"), "PNG"),
    "wide alpha": (encode(make_logo((900, 500)), "WEBP"), "WEBP"),
    "grey alpha": (encode(make_logo((900, 300)).convert("LA"), "PNG"), "PNG"),
    "CMYK": (encode(make_photo((900, 500)).convert("CMYK")), "JPEG"),
    "padded CMYK": (encode(make_photo((500, 900)).convert("CMYK"), "TIFF"), "TIFF"),
    "palette": (encode(make_photo((900, 500)).convert("P"), "PNG"), "PNG"),
    "colour key": (
        encode(make_photo((500, 900)).convert("P"), "PNG", transparency=7),
        "PNG",
    ),
    "grey": (encode(make_photo((900, 500)).convert("L")), "JPEG"),
    "padded grey": (encode(make_photo((500, 500)).convert("L")), "JPEG"),
    "one bit": (encode(make_photo((500, 500)).convert("1"), "PNG"), "PNG"),
    "16 bits": (encode(DEEP.resize((900, 500)).convert("I;16"), "PNG"), "PNG"),
    "32 bits": (encode(DEEP.resize((500, 900)), "TIFF"), "TIFF"),
    "turned": (encode(make_photo((1200, 700)), exif=make_exif(6)), "JPEG"),
    "GIF": (encode(FRAMES[0].convert("P"), "GIF", **MOVING), "GIF"),
    "WebP": (encode(FRAMES[0], "WEBP", **MOVING), "WEBP"),
    "APNG": (encode(FRAMES[0], "PNG", **MOVING), "PNG"),
    "MPO": (encode(make_photo(), "MPO", save_all=True, append_images=FRAMES), "MPO"),
    "another profile": (
        encode(make_photo((500, 500)), icc_profile=make_p3_profile()),
        "JPEG",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_any_picture_becomes_a_jpeg_of_that_size(kind: str) -> None:
    data, form = KINDS[kind]
    content = render(data, form)
    load(content)
    assert content == render(data, form)
    # What no messenger refuses; a very large noise, made small, is the worst there is.
    assert len(content) < (300_000 if kind == "photo" else 600_000)
    with Image.open(io.BytesIO(content)) as image:
        # JFIF's resolution, and that it is progressive: nothing that was said of it.
        assert not image.getexif()
        assert not {"icc_profile", "exif", "xmp", "comment"} & image.info.keys()


@pytest.mark.parametrize(
    "mimetype", ["image/svg+xml", "image/heic", "image/jxl", "image/x-icon"]
)
def test_nothing_is_made_of_what_is_not_decoded(mimetype: str) -> None:
    size = (640, 480) if "svg" in mimetype else (0, 0)
    source = PictureSource(
        width=size[0], height=size[1], mimetype=mimetype, name="picture-0.x"
    )
    assert plan_social(source) is None


def test_a_damaged_file_is_a_problem_and_no_exception() -> None:
    data = encode(make_photo(), "PNG")
    (rendition,) = render_picture(data[:9000], [plan(describe(data, "PNG"))])
    assert rendition.problem
    assert rendition.content is None


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_taken(form: str) -> None:
    frame = FRAMES[0].convert("P") if form == "GIF" else FRAMES[0]
    options = {"lossless": True} if form == "WEBP" else {}
    data = encode(frame, form, **MOVING, **options)
    source = describe(data, form)
    assert source.is_animated
    assert not plan_renditions(source, HEADER, PlanSettings())
    image = load(render(data, form))
    assert set(look(image, (5, 5), (600, 315), (1195, 625))) == {"red"}


@pytest.mark.parametrize("size", [(900, 500), (500, 900)])
def test_no_file_says_where_a_picture_was_taken(size: tuple[int, int]) -> None:
    data = encode(make_photo(size), exif=make_exif(), comment=GPS)
    assert data.count(GPS.encode()) == 2
    assert GPS.encode() not in render(data)


@pytest.mark.parametrize("size", [(900, 500), (500, 500)])
def test_colours_are_those_of_srgb(size: tuple[int, int]) -> None:
    # In Display P3, what sRGB calls (255, 128, 64), by the matrices of both.
    colour = (237, 138, 80)
    data = encode(Image.new("RGB", size, colour), "PNG", icc_profile=make_p3_profile())
    image = load(render(data, "PNG"))
    for point in ((5, 5), (600, 315)):
        assert measure_delta(image.getpixel(point), (255, 128, 64)) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(900, 600), (1400, 400)])
def test_a_picture_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    lying = make_quarters(size)
    if orientation in turns:
        # What undoes each: it is its own opposite, but for a quarter of a turn.
        lying = lying.transpose(Image.Transpose(turns[orientation]))
    data = encode(lying, exif=make_exif(orientation), quality=95)
    source = describe(data)
    assert (source.width, source.height) == size
    image = load(render(data))
    corners = (400, 250), (800, 250), (400, 380), (800, 380)
    assert look(image, *corners) == ["red", "green", "blue", "yellow"]


# What is kept ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "focus", "meeting"),
    [
        # Of 1000 rows 672 are kept: the first, the last, those in the middle.
        ((1280, 1000), (50, 0), (600, 469)),
        ((1280, 1000), (50, 100), (600, 161)),
        ((1280, 1000), (50, 50), (600, 315)),
        ((1280, 1000), (0, 25), (600, 392)),
        ((2560, 2000), (50, 0), (600, 469)),
        ((640, 500), (50, 0), (600, 469)),
        # Of 2800 columns 1905.
        ((2800, 1000), (0, 50), (882, 315)),
        ((2800, 1000), (100, 50), (318, 315)),
        ((280, 100), (100, 50), (318, 315)),
        # A focus beyond the picture is at its edge.
        ((2800, 1000), (-40, 50), (882, 315)),
        ((1280, 1000), (50, 900), (600, 161)),
    ],
)
def test_the_part_around_the_focus_is_kept(
    size: tuple[int, int], focus: tuple[float, float], meeting: tuple[int, int]
) -> None:
    """The four quarters meet where they must."""
    data = encode(make_quarters(size), "PNG")
    image = load(render(data, "PNG", focus))
    x, y = meeting
    around = [(x + right, y + down) for down in (-14, 14) for right in (-14, 14)]
    assert look(image, *around) == ["red", "green", "blue", "yellow"]


def test_a_smaller_picture_is_enlarged_and_keeps_its_shape() -> None:
    image = Image.new("RGB", (300, 200), BLUE)
    ImageDraw.Draw(image).ellipse((100, 50, 199, 149), fill=YELLOW)
    found = load(render(encode(image, "PNG"), "PNG"))
    # Four times as large, and 170 of 800 rows cut off: the disc has a radius of 200.
    for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        inside = (600 + 185 * x, 315 + 185 * y)
        outside = (600 + 215 * x, 315 + 215 * y)
        assert look(found, inside, outside) == ["yellow", "blue"]


@pytest.mark.parametrize("size", [(456, 228), (533, 242), (519, 260)])
def test_a_card_keeps_its_shape_where_a_level_is_a_row_short(
    size: tuple[int, int],
) -> None:
    """A part that has to be enlarged by one row is not the whole picture squashed."""
    data = encode(make_quarters(size), "PNG")
    recipes = plan_renditions(
        describe(data, "PNG"), CARD, PlanSettings(formats=("webp",)), focus=(100, 50)
    )
    recipe = next(recipe for recipe in recipes if recipe.width == 360)
    assert recipe.box
    (rendition,) = render_picture(data, [replace(recipe, required=True)])
    assert rendition.content
    image = Image.open(io.BytesIO(rendition.content)).convert("RGB")
    assert image.size == (360, 203)
    # The middle of the picture lies left of the middle of its right part.
    left, _, right, _ = recipe.box
    middle = round((size[0] // 2 - left) * 360 / (right - left))
    assert middle < 170
    assert look(image, (middle - 6, 40), (middle + 6, 40)) == ["red", "green"]


# What is padded ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1200, 630), False),
        ((2400, 1260), False),
        ((1600, 900), False),
        ((1600, 1200), False),
        # Exactly a third is cut off: of 945 rows 315, of 1800 columns 600.
        ((1200, 945), False),
        ((800, 630), False),
        ((1800, 630), False),
        ((3600, 1260), False),
        # One pixel more.
        ((1200, 946), True),
        ((799, 630), True),
        ((1801, 630), True),
        ((3600, 1259), True),
        ((1000, 1000), True),
        ((5000, 400), True),
        ((1, 1000), True),
    ],
)
def test_it_is_padded_where_more_than_a_third_would_go(
    size: tuple[int, int], expected: bool
) -> None:
    source = describe(encode(Image.new("L", size), "PNG"), "PNG")
    for focus in ((50, 50), (0, 100)):
        recipe = plan(source, focus)
        assert is_padded(recipe, source) is expected


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    ("size", "inner"),
    [
        ((400, 1200), (210, 630)),
        ((5000, 400), (1200, 96)),
        ((1000, 1000), (630, 630)),
        ((200, 200), (630, 630)),
        ((300, 60), (1200, 240)),
    ],
)
def test_nothing_is_cut_off_where_it_is_padded(
    size: tuple[int, int], inner: tuple[int, int], form: str
) -> None:
    picture = make_quarters(size)
    # So that the picture does not go on in its ground.
    step = max(2, min(size) // 8)
    for row in (0, size[1] - step):
        picture.paste("white", (0, row, size[0], row + step))
    for column in (0, size[0] - step):
        for y in range(0, size[1], 2 * step):
            picture.paste("black", (column, y, column + step, y + step))
    for x in range(0, size[0], 2 * step):
        picture.paste("black", (x, 0, x + step, step))
        picture.paste("black", (x, size[1] - step, x + step, size[1]))
    options = {"quality": 95} if form == "JPEG" else {}
    image = load(render(encode(picture, form, **options), form, focus=(0, 0)))
    left, top = (1200 - inner[0]) // 2, (630 - inner[1]) // 2
    shown = image.crop((left, top, left + inner[0], top + inner[1]))
    exact = picture.resize(inner, Image.Resampling.LANCZOS)
    for box in (
        (0, 0, inner[0] // 8, inner[1]),
        (inner[0] * 7 // 8, 0, *inner),
        (0, 0, inner[0], inner[1] // 4),
        (0, inner[1] * 3 // 4, *inner),
        (0, 0, *inner),
    ):
        pair = [part.crop(box).convert("L").tobytes() for part in (shown, exact)]
        errors = [abs(a - b) for a, b in zip(*pair, strict=True)]
        assert sum(errors) / len(errors) < 9, box
    assert look(image, (left + inner[0] // 3, top + inner[1] // 3)) == ["red"]


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
@pytest.mark.parametrize("size", [(500, 500), (1500, 300)])
def test_a_picture_with_plain_edges_goes_on_in_their_colour(
    size: tuple[int, int], mode: str
) -> None:
    image = Image.new("RGB", size, "white")
    box = (100, 100, size[0] - 100, size[1] - 100)
    ImageDraw.Draw(image).rectangle(box, fill="black")
    # A line that runs out of it is not its colour.
    image.paste("black", (0, 60, size[0], 62))
    image.paste("black", (60, 0, 62, size[1]))
    found = load(render(encode(image.convert(mode), "PNG"), "PNG"))
    corners = (2, 2), (1197, 2), (2, 627), (1197, 627)
    assert look(found, *corners) == ["white"] * 4
    assert look(found, (600, 315)) == ["black"]


@pytest.mark.parametrize(
    ("size", "points"),
    [((600, 900), ((100, 300), (1100, 300))), ((1500, 300), ((600, 50), (600, 580)))],
)
def test_each_edge_goes_on_in_its_own_colour(
    size: tuple[int, int], points: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    image = Image.new("RGB", size, BLUE)
    is_tall = size[1] > size[0]
    half = (size[0] // 2, 0) if is_tall else (0, size[1] // 2)
    image.paste(YELLOW, (*half, *size))
    found = load(render(encode(image, "PNG"), "PNG"))
    assert look(found, *points) == ["blue", "yellow"]


def test_a_photograph_stands_before_itself_blurred_and_darker() -> None:
    light = Image.effect_noise((70, 90), 40).point(lambda value: value // 2 + 128)
    photo = Image.merge("RGB", (light, light.point(lambda v: v - 40), light))
    photo = photo.resize((700, 900), Image.Resampling.BICUBIC)
    image = load(render(encode(photo, quality=92)))
    shown = image.crop((355, 0, 845, 630))
    for ground in (image.crop((0, 0, 350, 630)), image.crop((850, 0, 1200, 630))):
        means = ImageStat.Stat(ground).mean, ImageStat.Stat(shown).mean
        for mean, own in zip(*means, strict=True):
            assert 0.6 < mean / own < 0.8
        # Its hue is that of the picture, and it has no detail.
        assert means[0][0] - means[0][1] > 15
        assert max(ImageStat.Stat(ground).stddev) < 6
    assert min(ImageStat.Stat(shown).stddev) > 10


@pytest.mark.parametrize("size", [(600, 600), (1500, 300), (900, 500)])
def test_what_is_transparent_is_white(size: tuple[int, int]) -> None:
    image = load(render(encode(make_logo(size), "PNG"), "PNG"))
    corners = (2, 2), (1197, 2), (2, 627), (1197, 627)
    assert look(image, *corners) == ["white"] * 4
    assert measure_delta(image.getpixel((600, 315)), (220, 20, 60)) < NEAR


# Recipes -----------------------------------------------------------------------------

SIDES = st.integers(1, 9000) | st.sampled_from([1, 2, 20, 630, 1200, 12_000])
PERCENT = st.floats(-20, 120) | st.sampled_from([0.0, 50.0, 100.0])


def make_source(width: int, height: int) -> PictureSource:
    return PictureSource(
        width=width,
        height=height,
        mimetype="image/jpeg",
        name="picture-0123456789ab.jpg",
        digest="5e" * 32,
    )


@settings(max_examples=400, deadline=None)
@given(width=SIDES, height=SIDES, x=PERCENT, y=PERCENT)
@example(width=1200, height=945, x=50, y=50)
@example(width=1, height=12_000, x=0, y=0)
def test_what_is_planned_for_any_size_and_focus(
    width: int, height: int, x: float, y: float
) -> None:
    source = make_source(width, height)
    recipe = plan(source, (x, y))
    assert (recipe.width, recipe.height, recipe.format) == (1200, 630, "jpeg")
    assert recipe.required
    assert recipe.box
    left, top, right, bottom = recipe.box
    own, frame = Fraction(width, height), Fraction(WIDTH, HEIGHT)
    kept = min(own, frame) / max(own, frame)
    # To the pixel: a picture of one pixel has no part of another shape.
    assert abs((right - left) - frame * (bottom - top)) <= 2
    if kept < Fraction(2, 3):
        assert left <= 0 <= width <= right
        assert top <= 0 <= height <= bottom
        assert {right - left - width, bottom - top - height} > {0}
        assert abs((right - width) + left) <= 1
        assert abs((bottom - height) + top) <= 1
        assert recipe == plan(source)
    else:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert right - left == width or bottom - top == height
        share = min(max(x, 0), 100) / 100, min(max(y, 0), 100) / 100
        assert abs(left - (width - right + left) * share[0]) <= 0.5
        assert abs(top - (height - bottom + top) * share[1]) <= 0.5
    # The level is large enough, and no larger than it must be.
    (level,) = recipe.steps or (width,)
    scale = max(Fraction(WIDTH, right - left), Fraction(HEIGHT, bottom - top))
    assert level == min(width, math.ceil(width * scale))


@settings(max_examples=200, deadline=None)
@given(width=SIDES, height=SIDES, one=PERCENT, other=PERCENT)
@example(width=1600, height=900, one=50, other=50.9)
def test_two_files_of_one_picture_have_two_names(
    width: int, height: int, one: float, other: float
) -> None:
    source = make_source(width, height)
    pair = plan(source, (one, one)), plan(source, (other, other))
    names = [recipe.name_file(source) for recipe in pair]
    assert (names[0] == names[1]) == (pair[0] == pair[1])
    assert (pair[0] == pair[1]) == (
        pair[0].make_key(source) == pair[1].make_key(source)
    )


def test_names_say_what_they_are() -> None:
    source = make_source(1600, 1200)
    stem = "picture-0123456789ab-1200x630"
    assert plan(source).name_file(source) == f"{stem}.jpg"
    assert plan(source, (50, 0)).name_file(source) == f"{stem}-0-0.jpg"
    assert plan(source, (50, 100)).name_file(source) == f"{stem}-0-360.jpg"
    assert plan(source).mimetype == "image/jpeg"
    assert (SOCIAL.name, SOCIAL_SIZE) == ("social", (1200, 630))


def test_keys_in_the_stores_of_users_stay_as_they_were() -> None:
    """What other recipes are kept under does not change with the social image."""
    source = replace(make_source(800, 600), name="sea-0123456789ab.jpg")
    own = Recipe(
        width=800,
        height=600,
        format="jpeg",
        quality=85,
        options=(("optimize", True),),
        encoder="Pillow 1, jpg 2",
        required=True,
    )
    assert own.make_key(source) == "53d42663179c0105bd7de23cb9d41beed50c5e2e"
    card = replace(
        own,
        width=360,
        height=202,
        quality=75,
        box=(0, 75, 800, 525),
        steps=(720, 360),
        required=False,
    )
    assert card.make_key(source) == "19a1797c9126ff48e357927706060f7dbfc6a2da"


@pytest.mark.parametrize(
    ("size", "form"),
    [((3300, 900), "JPEG"), ((2600, 1500), "JPEG"), ((301, 777), "PNG")],
)
def test_it_is_the_same_whatever_is_made_beside_it(
    size: tuple[int, int], form: str
) -> None:
    data = encode(make_photo(size), form, icc_profile=make_p3_profile())
    source = describe(data, form)
    webp = PlanSettings(formats=("webp",))
    others = [
        *plan_renditions(source, HEADER, webp),
        *plan_renditions(source, CARD, webp, focus=(20, 80)),
        plan_print(source),
        plan_clean_copy(source),
        plan(source, (90, 90)),
    ]
    recipes = list(dict.fromkeys([r for r in others if r] + [plan(source)]))
    together = render_picture(data, recipes)
    assert list(together) == [render_picture(data, [one])[0] for one in recipes]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    size=st.tuples(*[st.integers(1, 400) | st.sampled_from([1, 2, 1700])] * 2),
    focus=st.tuples(PERCENT, PERCENT),
    mode=st.sampled_from(["RGB", "L", "RGBA"]),
)
@example(size=(1, 1700), focus=(50, 50), mode="RGBA")
@example(size=(1700, 1), focus=(50, 50), mode="L")
def test_any_size_and_focus_come_out(
    size: tuple[int, int], focus: tuple[float, float], mode: str
) -> None:
    image = make_arrow(size).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(size))
    load(render(encode(image, "PNG"), "PNG", focus))


# Covers ------------------------------------------------------------------------------


def test_a_cover_loses_a_little_at_its_top_and_bottom() -> None:
    cover = Cover(seed="posts/one", tag="python")
    source = describe_cover(cover)
    recipe = plan(source)
    assert recipe.box == (0, 22, 1200, 652)
    assert recipe.steps == ()
    (rendition,) = render_cover(cover, [recipe])
    assert rendition.content
    drawn = Image.open(io.BytesIO(draw_cover(cover))).convert("RGB")
    part = drawn.crop(recipe.box)
    found = load(rendition.content)
    for x in range(50, 1200, 100):
        for y in range(35, 630, 80):
            assert measure_delta(found.getpixel((x, y)), part.getpixel((x, y))) < NEAR
