"""For every picture, whole or damaged: a file or a problem, never more bytes."""

from __future__ import annotations

import io
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from sphinx_leadposts.imaging.candidates import list_candidates
from sphinx_leadposts.imaging.picture import PictureUnreadableError
from sphinx_leadposts.imaging.places import BODY, CARD, HEADER, Place
from sphinx_leadposts.imaging.plan import (
    PlanSettings,
    plan_clean_copy,
    plan_print,
    plan_renditions,
)
from sphinx_leadposts.imaging.render import render_picture
from sphinx_leadposts.imaging.store import PictureStore
from tests.picture_files import encode, make_exif, make_p3_profile

MODES = {
    "JPEG": ("L", "RGB", "CMYK", "YCbCr"),
    "PNG": ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"),
    "WEBP": ("L", "RGB", "RGBA"),
    "AVIF": ("L", "RGB", "RGBA"),
    "GIF": ("1", "L", "P", "RGB", "RGBA"),
    "BMP": ("1", "L", "P", "RGB", "RGBA"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "LAB"),
}
SETTINGS = PlanSettings(widths=(24, 48, 96), formats=("webp", "avif"))
PLACES = (
    Place(name="header", css_widths=(20, 60)),
    Place(name="card", css_widths=(20, 30), ratio=16 / 9),
    HEADER,
    CARD,
    BODY,
)


@st.composite
def files(draw: Callable) -> tuple[str, bytes]:
    """Return a name and bytes: a picture, mostly, and mostly undamaged."""
    form = draw(st.sampled_from(sorted(MODES)))
    mode = draw(st.sampled_from(MODES[form]))
    size = draw(st.tuples(*[st.integers(1, 160) | st.sampled_from([1, 2, 700])] * 2))
    seed = draw(st.integers(0, 999))
    image = make_noise(mode, size, seed)
    options: dict[str, object] = {}
    if draw(st.booleans()):
        profile = make_p3_profile()
        cut = draw(st.sampled_from([len(profile), 130, 5]))
        options["icc_profile"] = profile[:cut]
    if draw(st.booleans()):
        options["exif"] = make_exif(draw(st.integers(1, 8)))
    if form in {"JPEG", "WEBP", "AVIF"}:
        options["quality"] = draw(st.sampled_from([1, 50, 95]))
    if form == "PNG" and mode in {"P", "L"} and draw(st.booleans()):
        options["transparency"] = draw(st.integers(0, 255))
    if form in {"PNG", "WEBP", "GIF", "TIFF"} and draw(st.integers(0, 4)) == 0:
        options |= {"save_all": True, "append_images": [make_noise(mode, size, 1)]}
    try:
        data = encode(image, form, **options)
    except (OSError, ValueError, KeyError, TypeError, SystemError):
        data = encode(image.convert("RGB"), form)  # Pillow cannot write that one
    data = draw(st.just(data) | damage(data))
    suffix = draw(st.sampled_from([form.lower(), form.lower(), "jpg", "svg", ""]))
    return f"picture.{suffix}", data


def damage(data: bytes) -> st.SearchStrategy[bytes]:
    """Return the bytes cut short, or with some of them changed."""
    places = st.integers(0, max(0, len(data) - 1))
    cut = places.map(lambda place: data[:place])

    def change(changes: list[tuple[int, int]]) -> bytes:
        changed = bytearray(data)
        for place, value in changes:
            changed[place] = value
        return bytes(changed)

    early = st.integers(0, min(len(data), 200) - 1)
    byte = st.tuples(places | early, st.integers(0, 255))
    return cut | st.lists(byte, min_size=1, max_size=6).map(change)


def make_noise(mode: str, size: tuple[int, int], seed: int) -> Image.Image:
    dice = random.Random(seed)  # noqa: S311
    small = (min(size[0], 24), min(size[1], 24))
    pixels = dice.randbytes(small[0] * small[1] * 4)
    image = Image.frombytes("RGBA", small, pixels).resize(size)
    if mode in {"I;16", "I", "F"}:
        deep = image.convert("L").convert("I").point(lambda value: value * 257 + 0)
        return deep.convert(mode)
    if mode in {"PA", "LAB"}:
        return Image.frombytes(mode, small, pixels[: small[0] * small[1] * len(mode)])
    return image.convert("RGB").convert(mode) if mode != "RGBA" else image


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(file=files())
@example(file=("picture.png", b""))
def test_any_file_is_a_picture_or_a_problem(file: tuple[str, bytes]) -> None:
    name, data = file
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        store = PictureStore(Path(folder, "store"))
        try:
            source = store.inspect(path)
        except PictureUnreadableError:
            return
        plans = [plan_renditions(source, place, SETTINGS) for place in PLACES]
        others = [r for r in (plan_print(source), plan_clean_copy(source)) if r]
        recipes = tuple(dict.fromkeys([*sum(plans, ()), *others]))
        renditions = render_picture(data, recipes)
        assert [one.recipe for one in renditions] == list(recipes)
        for rendition in renditions:
            store.keep(source, rendition)
            recipe = rendition.recipe
            assert recipe.width <= source.width
            assert recipe.height <= source.height
            if rendition.content is None:
                continue
            if recipe.format == "same":
                assert len(rendition.content) <= len(data)
                continue
            assert recipe.required or len(rendition.content) < len(data)
            with Image.open(io.BytesIO(rendition.content)) as image:
                assert image.size == (recipe.width, recipe.height)
                image.load()
        for plan in plans:
            candidates = list_candidates(store, path, source, (*plan, *others))
            assert candidates[-1].name == source.name
            for one in candidates[:-1]:
                assert one.path.stat().st_size == one.size < len(data)
        for recipe in recipes:
            left, top, right, bottom = recipe.box or (0, 0, source.width, source.height)
            exact = recipe.width * (bottom - top) / (right - left)
            assert abs(recipe.height - exact) <= 1
