"""Pictures, below Sphinx: what is planned, made, kept and drawn."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from sphinx_leadposts.imaging.candidates import Candidate, list_candidates
from sphinx_leadposts.imaging.clean import remove_metadata
from sphinx_leadposts.imaging.draw import draw_cover
from sphinx_leadposts.imaging.index import State
from sphinx_leadposts.imaging.jobs import render_all
from sphinx_leadposts.imaging.picture import PictureUnreadableError, describe_cover
from sphinx_leadposts.imaging.places import (
    BODY,
    CARD,
    HEADER,
    Place,
    find_box,
    read_focus,
)
from sphinx_leadposts.imaging.plan import (
    Job,
    PlanSettings,
    Recipe,
    plan_clean_copy,
    plan_print,
    plan_renditions,
)
from sphinx_leadposts.imaging.render import render_picture
from sphinx_leadposts.imaging.source import describe_picture, read_picture
from sphinx_leadposts.imaging.store import PictureStore
from sphinx_leadposts.model.picture import Cover, PictureSource
from tests.picture_files import (
    GPS,
    encode,
    make_arrow,
    make_exif,
    make_logo,
    make_p3_profile,
    make_photo,
    make_png_head,
    measure_delta,
)

WEBP = PlanSettings(formats=("webp",))
BOTH = PlanSettings(formats=("webp", "avif"))
SMALL = Place(name="small", css_widths=(200,))
DAY_S = 24 * 60 * 60


def describe(path: Path) -> PictureSource:
    return describe_picture(path, path.read_bytes())


def plan_all(path: Path, settings: PlanSettings = WEBP) -> tuple[Recipe, ...]:
    """Return every recipe that there is for a file, for all places and builders."""
    source = describe(path)
    recipes = [
        *plan_renditions(source, HEADER, settings),
        *plan_renditions(source, CARD, settings, focus=(20, 80)),
        *plan_renditions(source, BODY, settings),
        plan_print(source),
        plan_clean_copy(source),
    ]
    return tuple(dict.fromkeys(recipe for recipe in recipes if recipe))


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def fill(
    store: PictureStore, *origins: Path, settings: PlanSettings = WEBP
) -> dict[Path, tuple[Candidate, ...]]:
    """Do what a build does: plan, render what is missing, ask what there is."""
    jobs = [
        Job(origin=path, source=store.inspect(path), recipes=plan_all(path, settings))
        for path in origins
    ]
    missing = [rest for job in jobs if (rest := job.leave_out(store.find_all(job)))]
    with ThreadPoolExecutor(2) as executor:
        for job, renditions in render_all(missing, executor):
            for rendition in renditions:
                store.keep(job.source, rendition)
    assert store.save() == ""
    return {
        job.origin: list_candidates(store, job.origin, job.source, job.recipes)
        for job in jobs
        if isinstance(job.origin, Path)
    }


def render_one(data: bytes, recipe: Recipe) -> Image.Image:
    (rendition,) = render_picture(data, [replace(recipe, required=True)])
    assert rendition.problem == ""
    assert rendition.content
    image = Image.open(io.BytesIO(rendition.content))
    image.load()
    return image


def plan_one(data: bytes, name: str = "x.png", width: int = 200) -> Recipe:
    source = describe_picture(Path(name), data)
    settings = PlanSettings(widths=(width,), formats=("webp",))
    return plan_renditions(source, SMALL, settings)[0]


# Plan --------------------------------------------------------------------------------


def plan_widths(size: tuple[int, int], place=HEADER, form: str = "JPEG") -> list[int]:
    data = encode(Image.new("RGB", size), form)
    source = describe_picture(Path(f"x.{form.lower()}"), data)
    settings = PlanSettings(widths=(360, 480, 720, 960, 1280, 1600), formats=("webp",))
    return [recipe.width for recipe in plan_renditions(source, place, settings)]


def test_widths_go_up_to_the_picture_s_own_and_never_beyond() -> None:
    assert plan_widths((4000, 2000)) == [360, 720, 960, 1280, 1600]
    assert plan_widths((1920, 1080), CARD) == [360, 480, 720, 960, 1280]
    assert plan_widths((1300, 700)) == [360, 720, 960, 1300]
    assert plan_widths((200, 100)) == [200]


def test_a_picture_that_is_small_in_bytes_is_not_coded_again_at_its_own_size() -> None:
    assert plan_widths((1000, 562), form="WEBP") == [360, 720]
    assert plan_widths((200, 100), form="WEBP") == []


def test_what_is_too_tall_for_a_format_is_not_made_in_it() -> None:
    data = encode(Image.new("1", (400, 30_000)), "PNG")
    source = describe_picture(Path("x.png"), data)
    settings = PlanSettings(widths=(100,), formats=("webp", "avif", "png"))
    place = Place(name="column", css_widths=(100, 200))
    recipes = plan_renditions(source, place, settings)
    assert [(one.width, one.format) for one in recipes] == [
        *((100, "webp"), (100, "avif"), (100, "png"), (400, "png"))
    ]
    assert [one.width for one in plan_renditions(source, CARD, WEBP)] == [400]


def test_a_card_gets_the_part_that_its_frame_shows() -> None:
    source = describe_picture(Path("x.jpg"), encode(Image.new("RGB", (1000, 1000))))
    assert find_box(source, CARD.ratio) == (0, 219, 1000, 781)
    assert find_box(source, CARD.ratio, focus=(50, 0)) == (0, 0, 1000, 562)
    assert find_box(source, 1.02) is None
    names = {
        recipe.name_file(source)
        for focus in ("", "50% 30%")
        for recipe in plan_renditions(source, CARD, WEBP, focus=read_focus(focus))
        if recipe.width == 360
    }
    stem = Path(source.name).stem
    assert names == {f"{stem}-360x202.webp", f"{stem}-360x202-0-131.webp"}


def test_names_are_known_before_anything_is_made_and_change_with_the_bytes() -> None:
    one, two = encode(make_arrow()), encode(make_photo((600, 400)))
    names = []
    for data in (one, one, two):
        source = describe_picture(Path("Ein Bild.jpg"), data)
        recipes = plan_renditions(source, HEADER, WEBP)
        names.append([recipe.name_file(source) for recipe in recipes])
    assert names[0] == names[1] != names[2]
    digest = hashlib.sha256(one).hexdigest()
    assert names[0][0] == f"Ein-Bild-{digest[:12]}-360.webp"


def make_frames(form: str) -> bytes:
    frames = [Image.new("RGB", (400, 300), name) for name in ("red", "blue")]
    return encode(frames[0], form, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 450"/>'),
        ("x.gif", make_frames("GIF")),
        ("x.webp", make_frames("WEBP")),
        ("x.png", make_frames("PNG")),
        ("x.avif", make_frames("AVIF")),
        ("x.heic", b"\0\0\0\x18ftypheic" + bytes(40)),
        ("x.jxl", b"\xff\x0a" + bytes(40)),
    ],
)
def test_what_moves_and_what_is_not_decoded_is_left_alone(name, data) -> None:
    source = describe_picture(Path(name), data)
    assert plan_renditions(source, HEADER, BOTH) == ()
    assert plan_clean_copy(source) is None
    assert source.mimetype.startswith("image/")


@pytest.mark.parametrize("before", ["stroke-width", "data-width", "xwidth"])
def test_the_sides_of_a_drawing_are_its_own(before: str) -> None:
    drawing = f'<svg {before}="2" width="240" height="120"/>'.encode()
    source = describe_picture(Path("x.svg"), drawing)
    assert (source.width, source.height) == (240, 120)


def test_a_still_gif_and_the_first_picture_of_a_phone_s_file_are_pictures() -> None:
    still = describe_picture(Path("x.gif"), encode(make_photo().convert("P"), "GIF"))
    assert plan_renditions(still, HEADER, BOTH)
    pair = encode(make_photo(), "MPO", save_all=True, append_images=[make_photo()])
    phone = describe_picture(Path("x.jpg"), pair)
    assert (phone.mimetype, phone.is_animated) == ("image/jpeg", False)
    assert not phone.is_mislabelled


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (encode(make_photo()), "x.jpg", None),
        (encode(make_photo(), exif=make_exif(6)), "x.jpg", "jpeg"),
        (encode(make_photo((2400, 1600))), "x.jpg", "jpeg"),
        (encode(make_photo(), "WEBP"), "x.webp", "jpeg"),
        (encode(make_logo(), "WEBP"), "x.webp", "png"),
        (encode(make_logo(), "PNG"), "x.png", None),
        (make_frames("GIF"), "x.gif", "png"),
    ],
)
def test_print_gets_jpeg_or_png(data: bytes, name: str, expected: str | None) -> None:
    recipe = plan_print(describe_picture(Path(name), data))
    assert (recipe and recipe.format) == expected
    if recipe:
        image = render_one(data, recipe)
        assert image.size == (recipe.width, recipe.height)
        assert recipe.width <= 1600


# Pixels ------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_picture_stands_upright(orientation: int, form: str) -> None:
    upright = make_arrow()
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose
    stored = upright
    if orientation in undo:
        stored = upright.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encode(stored, form, exif=exif)
    image = render_one(data, plan_one(data, f"x.{form.lower()}"))
    seen = image.convert("RGB")
    assert seen.size == (200, 133)
    assert measure_delta(seen.getpixel((150, 20)), (255, 0, 0)) < 12
    assert measure_delta(seen.getpixel((150, 110)), (0, 128, 0)) < 12
    assert measure_delta(seen.getpixel((20, 110)), (0, 0, 255)) < 12
    assert 0x0112 not in image.getexif()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("target", ["webp", "avif", "png"])
def test_a_transparent_logo_stays_transparent(form: str, target: str) -> None:
    data = encode(make_logo(), form)
    settings = PlanSettings(widths=(200,), formats=(target,), quality={target: 80})
    source = describe_picture(Path(f"x.{form.lower()}"), data)
    recipe = plan_renditions(source, SMALL, settings)[0]
    image = render_one(data, recipe)
    assert image.getchannel("A").getpixel((3, 3)) == 0
    assert image.getchannel("A").getpixel((100, 100)) == 255
    assert measure_delta(image.getpixel((100, 100)), (220, 20, 60)) < 6


def test_where_there_is_no_alpha_what_is_transparent_becomes_white() -> None:
    data = encode(make_logo(), "PNG")
    settings = PlanSettings(widths=(200,), formats=("jpeg",))
    recipe = plan_renditions(describe_picture(Path("x.png"), data), SMALL, settings)[0]
    assert min(render_one(data, recipe).getpixel((3, 3))) > 250


@pytest.mark.parametrize("target", ["webp", "avif", "jpeg", "png"])
def test_a_display_p3_picture_keeps_its_look(target: str) -> None:
    profile = make_p3_profile()
    seen = [(200, 40, 40), (40, 160, 60), (50, 70, 200), (230, 200, 60), (128,) * 3]
    chart = Image.new("RGB", (500, 100))
    for place, colour in enumerate(seen):
        chart.paste(colour, (100 * place, 0, 100 * place + 100, 100))
    stored = ImageCms.profileToProfile(
        chart,
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    assert stored
    data = encode(stored, "PNG", icc_profile=profile)
    source = describe_picture(Path("x.png"), data)
    settings = PlanSettings(widths=(200,), formats=(target,))
    image = render_one(data, plan_renditions(source, SMALL, settings)[0])
    assert "icc_profile" not in image.info
    picture = image.convert("RGB").resize((500, 100))
    deltas = [
        measure_delta(picture.getpixel((100 * place + 50, 50)), colour)
        for place, colour in enumerate(seen)
    ]
    assert max(deltas) < 4, deltas
    without = [
        measure_delta(stored.getpixel((100 * place + 50, 50)), colour)
        for place, colour in enumerate(seen)
    ]
    assert max(without) > 10  # the check could fail


@pytest.mark.parametrize(
    "profile", [b"", b"no profile", make_p3_profile()[:200], bytes(4000)]
)
def test_a_broken_profile_is_left_out_of_account(profile: bytes) -> None:
    data = encode(make_arrow(), "PNG", icc_profile=profile)
    image = render_one(data, plan_one(data))
    assert measure_delta(image.getpixel((150, 20)), (255, 0, 0)) < 12


def make_deep(mode: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize((400, 300))
    if mode.startswith("I"):
        return ramp.convert("I").point(lambda value: value * 257 + 0).convert(mode)
    return ramp.convert("F").point(lambda value: value / 255 + 0)


@pytest.mark.parametrize(
    ("image", "form"),
    [
        (Image.linear_gradient("L").resize((400, 300)), "PNG"),
        (make_deep("I;16"), "PNG"),
        (make_deep("I;16"), "TIFF"),
        (make_deep("I"), "TIFF"),
        (make_deep("F"), "TIFF"),
        (Image.linear_gradient("L").resize((400, 300)).convert("RGB"), "BMP"),
        (Image.linear_gradient("L").resize((400, 300)).convert("P"), "PNG"),
        (Image.linear_gradient("L").resize((400, 300)).convert("P"), "GIF"),
        (Image.linear_gradient("L").resize((400, 300)).convert("LA"), "PNG"),
        (Image.linear_gradient("L").resize((400, 300)).convert("1"), "PNG"),
        (Image.linear_gradient("L").resize((400, 300)).convert("CMYK"), "JPEG"),
        (Image.linear_gradient("L").resize((400, 300)).convert("CMYK"), "TIFF"),
        (Image.linear_gradient("L").resize((400, 300)).convert("YCbCr"), "JPEG"),
    ],
    ids=lambda value: getattr(value, "mode", value),
)
def test_every_kind_of_pixel_keeps_its_greys(image: Image.Image, form: str) -> None:
    data = encode(image, form)
    rendered = render_one(data, plan_one(data, f"x.{form.lower()}")).convert("L")
    thirds = [
        ImageStat.Stat(rendered.crop((0, top, 200, top + 30))).mean[0]
        for top in (0, 60, 120)
    ]
    assert thirds == pytest.approx([25, 127, 230], abs=9)


@pytest.mark.parametrize(("mode", "form"), [("I;16", "PNG"), ("I", "TIFF")])
def test_a_dark_picture_of_sixteen_bits_stays_dark(mode: str, form: str) -> None:
    dark = make_deep("I").point(lambda value: value * 0.25 + 0).convert(mode)
    data = encode(dark, form)
    image = render_one(data, plan_one(data, f"x.{form.lower()}")).convert("L")
    assert image.getextrema()[1] < 70


def test_a_photograph_that_is_far_too_large_stays_sharp() -> None:
    photo = make_photo((3300, 660))
    data = encode(photo, quality=95)
    source = describe_picture(Path("x.jpg"), data)
    settings = PlanSettings(widths=(360, 1600), formats=("png",))
    for recipe in plan_renditions(source, HEADER, settings):
        image = render_one(data, recipe)
        exact = photo.resize(image.size, Image.Resampling.LANCZOS)
        off = ImageStat.Stat(ImageChops.difference(image, exact)).mean
        assert max(off) < 2.5, recipe.width


def test_a_grey_that_is_said_to_be_transparent_is() -> None:
    image = make_deep("I;16")
    image.paste(13364, (0, 0, 400, 100))
    data = encode(image, "PNG", transparency=13364)
    rendered = render_one(data, plan_one(data))
    assert rendered.getchannel("A").getpixel((100, 20)) == 0
    assert rendered.getchannel("A").getpixel((100, 120)) == 255


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("profile", [None, make_p3_profile()])
def test_no_output_says_where_a_picture_was_taken(
    tmp_path: Path, form: str, orientation: int, profile: bytes | None
) -> None:
    xmp = f"<x:xmpmeta>{GPS}</x:xmpmeta>".encode()
    options = {"exif": make_exif(orientation), "icc_profile": profile}
    if form != "TIFF":
        options["xmp"] = xmp
    if form == "JPEG":
        options["comment"] = GPS
    data = encode(make_photo((400, 300)), form, **options)
    assert GPS.encode() in data
    path = write(tmp_path / f"x.{form.lower()}", data)
    renditions = render_picture(data, plan_all(path, BOTH))
    assert [rendition.problem for rendition in renditions if rendition.problem] == []
    assert [rendition for rendition in renditions if rendition.content]
    for rendition in renditions:
        if rendition.recipe.format == "same":
            assert rendition.content
        if rendition.content:
            assert GPS.encode() not in rendition.content, rendition.recipe
            with Image.open(io.BytesIO(rendition.content)) as image:
                assert not image.getexif().get_ifd(0x8825)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_an_original_without_metadata_looks_the_same(form, orientation) -> None:
    exif = make_exif(orientation)
    data = encode(make_photo(), form, exif=exif, icc_profile=make_p3_profile())
    clean = remove_metadata(data)
    before, after = (Image.open(io.BytesIO(content)) for content in (data, clean))
    assert before.tobytes() == after.tobytes()
    assert after.info["icc_profile"] == make_p3_profile()
    assert after.getexif().get(0x0112, 1) == orientation
    assert len(clean) <= len(data)
    assert remove_metadata(clean) == clean


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_an_original_without_metadata_is_used_as_it_is(form: str) -> None:
    data = encode(make_photo(), form, icc_profile=make_p3_profile())
    assert remove_metadata(data) == data


def test_what_lies_behind_a_jpeg_goes() -> None:
    pair = [make_photo(), make_arrow()]
    data = encode(pair[0], "MPO", save_all=True, append_images=pair[1:])
    for extra in (data, encode(pair[0], progressive=True) + GPS.encode()):
        clean = remove_metadata(extra)
        assert clean.endswith(b"\xff\xd9")
        assert clean.count(b"\xff\xd9") == 1
        before, after = (Image.open(io.BytesIO(one)) for one in (extra, clean))
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize(
    ("size", "form"),
    [((3300, 900), "JPEG"), ((1000, 1000), "WEBP"), ((301, 777), "PNG")],
)
def test_a_file_is_the_same_whatever_is_made_beside_it(
    tmp_path: Path, size: tuple[int, int], form: str
) -> None:
    data = encode(make_photo(size), form, icc_profile=make_p3_profile())
    recipes = plan_all(write(tmp_path / f"x.{form.lower()}", data))
    together = render_picture(data, recipes)
    assert together == tuple(render_picture(data, [one])[0] for one in recipes)
    for rendition in together:
        if rendition.content and rendition.recipe.format != "same":
            with Image.open(io.BytesIO(rendition.content)) as image:
                recipe = rendition.recipe
                assert image.size == (recipe.width, recipe.height)


def test_a_crop_keeps_its_focus() -> None:
    data = encode(make_arrow((1000, 1600)), "PNG")
    source = describe_picture(Path("x.png"), data)
    for focus, colour in (((50, 0), (255, 0, 0)), ((50, 100), (0, 128, 0))):
        recipe = plan_renditions(source, CARD, WEBP, focus=focus)[0]
        image = render_one(data, recipe)
        assert image.size == (360, 202)
        for y in (10, 190):
            assert measure_delta(image.getpixel((300, y)), colour) < 12


# Bad input ---------------------------------------------------------------------------

PHOTO = encode(make_photo((640, 480)))
BAD = {
    "empty.jpg": b"",
    "text.png": b"This is no picture.",
    "cut.jpg": PHOTO[: len(PHOTO) // 2],
    "cut.png": encode(make_photo(), "PNG")[:9000],
    "cut.webp": encode(make_photo(), "WEBP")[:4000],
    "cut.avif": encode(make_photo(), "AVIF")[:4000],
    "cut.gif": encode(make_photo().convert("P"), "GIF")[:9000],
    "broken.png": encode(make_photo(), "PNG").replace(b"IDAT", b"IDAX"),
    "no-width.png": make_png_head(0, 40),
    "no-height.png": make_png_head(40, 0),
    "bomb.png": make_png_head(60_000, 60_000),
    "half-a-bomb.png": make_png_head(12_000, 9_000),
    "program.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n",
    "text.svg": b"This is no picture.",
    "odd.svg": b'<svg width="1.2.3" height="7">',
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_a_problem_and_no_exception(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, BAD[name])
    start = time.perf_counter()
    problem, source = "", None
    try:
        source = PictureStore(tmp_path / "store").inspect(path)
    except PictureUnreadableError as error:
        problem = str(error)
    if source:
        recipes = plan_renditions(source, HEADER, BOTH)
        renditions = render_picture(BAD[name], recipes)
        assert len(renditions) == len(recipes) > 0
        assert all(rendition.problem for rendition in renditions)
        assert all(rendition.content is None for rendition in renditions)
    else:
        assert problem.startswith(f"{name} cannot be read as a picture (")
        assert str(tmp_path) not in problem
    # Whatever is handed to a worker, it answers.
    (rendition,) = render_picture(BAD[name], [plan_one(encode(make_photo(), "PNG"))])
    assert rendition.problem
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("name", ["bomb.png", "half-a-bomb.png"])
def test_the_head_of_a_file_is_enough_to_refuse_its_size(name: str) -> None:
    with pytest.raises(PictureUnreadableError, match=r"pixels"):
        describe_picture(Path(name), BAD[name])


def test_a_folder_a_pipe_or_nothing_at_all_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    names = ["folder.png", "loop.png", "missing.png"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
        names.append("pipe.png")
    store = PictureStore(tmp_path / "store")
    for name in names:
        for look in (read_picture, store.inspect):
            with pytest.raises(PictureUnreadableError, match=name):
                look(tmp_path / name)


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    job = Job(origin=path, source=describe(path), recipes=plan_all(path))

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PictureUnreadableError, match="Permission denied"):
        PictureStore(tmp_path / "store").inspect(path)
    with ThreadPoolExecutor(1) as executor:
        ((_, renditions),) = render_all([job], executor)
    assert {rendition.lasting for rendition in renditions} == {False}
    assert all("Permission denied" in rendition.problem for rendition in renditions)


def test_a_picture_of_another_format_than_its_name_says_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jpg", encode(make_photo(), "PNG"))
    store = PictureStore(tmp_path / "store")
    source = store.inspect(path)
    assert (source.mimetype, source.is_mislabelled) == ("image/png", True)
    assert not store.inspect(write(tmp_path / "y.jpeg", PHOTO)).is_mislabelled
    found = fill(store, path)
    assert len(found[path]) > 1


# Jobs --------------------------------------------------------------------------------


def make_jobs(folder: Path, number: int = 3) -> list[Job]:
    jobs = []
    for place in range(number):
        path = write(folder / f"{place}.jpg", encode(make_photo((500 + place, 300))))
        source = describe(path)
        recipes = plan_renditions(source, HEADER, WEBP)
        jobs.append(Job(origin=path, source=source, recipes=recipes))
    cover = Cover(seed="blog/post", tag="SEO")
    source = describe_cover(cover)
    recipe = plan_clean_copy(source)
    assert recipe
    jobs.append(Job(origin=cover, source=source, recipes=(recipe,)))
    return jobs


def test_threads_and_processes_make_the_same(tmp_path: Path) -> None:
    jobs = make_jobs(tmp_path)
    assert pickle.loads(pickle.dumps(jobs)) == jobs  # noqa: S301
    results = []
    with (
        ThreadPoolExecutor(2) as threads,
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes,
    ):
        for executor in (threads, processes):
            made = render_all(iter(jobs), executor, window=2)
            results.append({job.source.name: renditions for job, renditions in made})
    assert results[0] == results[1]
    assert len(results[0]) == len(jobs)
    assert all(made.content for made in results[0][jobs[0].source.name])


class DeadWorkers(Executor):
    """Takes work, and every worker dies of it."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        future.set_exception(RuntimeError("a worker died"))
        return future


class Closed(Executor):
    """Takes no work."""

    def submit(self, fn, /, *args, **kwargs):
        raise RuntimeError("a worker died")


@pytest.mark.parametrize("executor", [DeadWorkers(), Closed()])
def test_workers_that_die_are_problems_of_pictures(tmp_path: Path, executor) -> None:
    jobs = make_jobs(tmp_path)
    results = list(render_all(jobs, executor))
    assert len(results) == len(jobs)
    store = PictureStore(tmp_path / "store")
    for job, renditions in results:
        assert {rendition.problem for rendition in renditions} == {"a worker died"}
        assert {rendition.lasting for rendition in renditions} == {False}
        outcomes = [store.keep(job.source, rendition) for rendition in renditions]
        assert {outcome.lasting for outcome in outcomes} == {False}
        assert job.leave_out(store.find_all(job)) == job


class Counting(ThreadPoolExecutor):
    """Knows how much was under way at once."""

    most = running = 0

    def submit(self, fn, /, *args, **kwargs):
        future = super().submit(fn, *args, **kwargs)
        self.running += 1
        self.most = max(self.most, self.running)
        future.add_done_callback(lambda _: setattr(self, "running", self.running - 1))
        return future


def test_no_more_pictures_are_read_than_are_worked_on(tmp_path: Path) -> None:
    jobs = make_jobs(tmp_path, 6)
    with Counting(1) as executor:
        assert len(list(render_all(jobs, executor, window=2))) == len(jobs)
    assert executor.most == 2


def test_a_picture_that_changes_under_way_is_not_kept_under_its_old_name(
    tmp_path: Path,
) -> None:
    job = make_jobs(tmp_path)[0]
    assert isinstance(job.origin, Path)
    job.origin.write_bytes(encode(make_arrow()))
    with ThreadPoolExecutor(1) as executor:
        ((_, renditions),) = render_all([job], executor)
    assert "was changed while" in renditions[0].problem
    assert not renditions[0].lasting


# Store -------------------------------------------------------------------------------


def forbid(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a picture was opened")

    monkeypatch.setattr(owner, name, refuse)


def ask(
    store: PictureStore, path: Path, recipes: tuple[Recipe, ...]
) -> tuple[Candidate, ...]:
    job = Job(origin=path, source=store.inspect(path), recipes=recipes)
    assert job.leave_out(store.find_all(job)) is None
    return list_candidates(store, path, job.source, recipes)


def test_a_warm_store_opens_no_picture(tmp_path: Path, monkeypatch) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    found = fill(PictureStore(tmp_path / "store"), path)
    recipes = plan_all(path)
    index = tmp_path / "store/index.json"
    before = index.stat().st_mtime_ns
    forbid(monkeypatch, Image, "open")
    forbid(monkeypatch, Path, "read_bytes")
    store = PictureStore(tmp_path / "store")
    assert ask(store, path, recipes) == found[path]
    assert store.save() == ""
    assert index.stat().st_mtime_ns == before
    os.utime(path)
    with pytest.raises(AssertionError, match="was opened"):
        PictureStore(tmp_path / "store").inspect(path)


def test_a_checkout_with_new_times_is_hashed_but_not_opened(
    tmp_path: Path, monkeypatch
) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    found = fill(PictureStore(tmp_path / "store"), path)
    recipes = plan_all(path)
    os.utime(path)
    forbid(monkeypatch, Image, "open")
    assert ask(PictureStore(tmp_path / "store"), path, recipes) == found[path]


def test_a_picture_with_new_bytes_is_a_new_picture(tmp_path: Path) -> None:
    path = write(tmp_path / "x.png", encode(make_arrow(), "PNG"))
    store = PictureStore(tmp_path / "store")
    old = fill(store, path)[path]
    status = path.stat()
    other = tmp_path / "y.png"
    content = bytearray(path.read_bytes())
    flipped = encode(make_arrow().transpose(Image.Transpose.ROTATE_180), "PNG")
    # Of the same length and the same time, as a copy by another program may be.
    content[:] = flipped.ljust(len(content), b"\0")[: max(len(flipped), len(content))]
    write(other, bytes(content))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)
    new = fill(PictureStore(tmp_path / "store"), path)[path]
    assert {one.name for one in old}.isdisjoint(one.name for one in new)


def test_no_candidate_is_larger_than_what_it_stands_in_for(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / "low.jpg", encode(make_photo((900, 600)), quality=12)),
        write(tmp_path / "photo.jpg", encode(make_photo((900, 600)), quality=95)),
        write(tmp_path / "small.webp", encode(make_photo((900, 600)), "WEBP")),
        write(tmp_path / "flat.png", encode(Image.new("RGB", (900, 600)), "PNG")),
    ]
    store = PictureStore(tmp_path / "store")
    found = fill(store, *paths, settings=BOTH)
    assert len(found[paths[1]]) > 4
    dropped = 0
    for path, candidates in found.items():
        original = candidates[-1]
        assert (original.path, original.size) == (path, path.stat().st_size)
        assert all(one.size < original.size for one in candidates[:-1])
        for name in ("image/webp", "image/avif"):
            sizes = [one.size for one in candidates[:-1] if one.mimetype == name]
            assert sizes == sorted(set(sizes))
        for recipe in plan_all(path, BOTH):
            outcome = store.find(store.inspect(path), recipe)
            assert outcome
            if outcome.state is State.UNNEEDED:
                dropped += 1
                assert outcome.path is None
    assert dropped


def test_an_original_of_which_the_sides_are_cut_off_says_how_much_is_seen(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "wide.jpg", encode(make_photo((2400, 600))))
    store = PictureStore(tmp_path / "store")
    fill(store, path)
    source = store.inspect(path)
    recipes = plan_renditions(source, CARD, WEBP, focus=(20, 80))
    candidates = list_candidates(store, path, source, recipes)
    assert (candidates[-1].width, candidates[-1].across) == (2400, 1067)
    assert [one.across for one in candidates[:-1]] == [*(360, 480, 720, 960, 1067)]


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "gone"])
def test_an_entry_that_was_damaged_is_made_again(tmp_path: Path, damage: str) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    found = fill(PictureStore(tmp_path / "store"), path)[path]
    victim = found[0].path
    right = victim.read_bytes()
    wrong = {"cut": right[:-20], "empty": b"", "other": right[:-1] + b"?"}
    if damage == "gone":
        victim.unlink()
    else:
        victim.write_bytes(wrong[damage])
    store = PictureStore(tmp_path / "store")
    recipe = next(
        one
        for one in plan_all(path)
        if one.name_file(store.inspect(path)) == found[0].name
    )
    assert store.find(store.inspect(path), recipe) is None
    assert fill(PictureStore(tmp_path / "store"), path)[path] == found
    assert victim.read_bytes() == right


def test_a_build_that_is_killed_leaves_nothing_half(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    store = PictureStore(tmp_path / "store")
    source = store.inspect(path)
    renditions = render_picture(PHOTO, plan_all(path))
    for rendition in renditions[: len(renditions) // 2]:
        store.keep(source, rendition)
    # No save: the process is gone. What it was writing has another name.
    some = next((tmp_path / "store").glob("*/*"))
    half = some.with_name(f".{some.name}.0123456789ab")
    half.write_bytes(some.read_bytes()[:50])
    found = fill(PictureStore(tmp_path / "store"), path)[path]
    assert len(found) > 2
    for one in found:
        with Image.open(one.path) as image:
            image.load()
    later = PictureStore(tmp_path / "store", now=lambda: time.time() + 2 * DAY_S)
    later.save()
    assert not half.exists()
    assert all(one.path.exists() for one in found)


def test_what_is_rendered_is_remembered_while_a_build_runs(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    clock = [time.time()]
    store = PictureStore(tmp_path / "store", now=lambda: clock[0])
    source = store.inspect(path)
    for rendition in render_picture(PHOTO, plan_all(path)):
        clock[0] += 1
        store.keep(source, rendition)
    again = PictureStore(tmp_path / "store")
    done = [again.find(source, recipe) is not None for recipe in plan_all(path)]
    assert done.count(True) >= len(done) - 5


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"version": 1}', '{"version": 99}', "\0\0\0", "[" * 9999],
)
def test_a_damaged_index_is_an_empty_one(tmp_path: Path, content: str) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    found = fill(PictureStore(tmp_path / "store"), path)
    (tmp_path / "store/index.json").write_text(content, "utf-8")
    assert fill(PictureStore(tmp_path / "store"), path) == found


def test_an_index_cut_short_anywhere_is_an_empty_one(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    fill(PictureStore(tmp_path / "store"), path)
    index = tmp_path / "store/index.json"
    content = index.read_bytes()
    for length in range(0, len(content), 97):
        index.write_bytes(content[:length])
        store = PictureStore(tmp_path / "store")
        assert store.find(store.inspect(path), plan_all(path)[0]) is None


def test_two_builds_share_a_store(tmp_path: Path) -> None:
    one = write(tmp_path / "one.jpg", PHOTO)
    two = write(tmp_path / "two.jpg", encode(make_arrow()))
    stores = [PictureStore(tmp_path / "store") for _ in range(2)]
    found = [fill(stores[0], one), fill(stores[1], two)]
    fresh = PictureStore(tmp_path / "store")
    for path in (one, two):
        assert ask(fresh, path, plan_all(path)) == (found[0] | found[1])[path]


def test_what_another_build_has_just_made_is_not_swept_away(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    stores = [PictureStore(tmp_path / "store") for _ in range(2)]
    source = stores[0].inspect(path)
    recipes = plan_renditions(source, HEADER, WEBP)
    made = [stores[0].keep(source, one) for one in render_picture(PHOTO, recipes)]
    stores[1].inspect(path)
    assert stores[1].save() == ""
    assert all(one.path and one.path.exists() for one in made)


def test_what_is_unused_leaves_after_thirty_days(tmp_path: Path) -> None:
    kept = write(tmp_path / "kept.jpg", PHOTO)
    left = write(tmp_path / "left.jpg", encode(make_arrow()))
    stranger = write(tmp_path / "store/ab/notes.txt", b"not ours")
    first = fill(PictureStore(tmp_path / "store"), kept, left)
    start = time.time()
    for day in range(1, 33):
        store = PictureStore(
            tmp_path / "store", now=lambda day=day: start + day * DAY_S
        )
        assert ask(store, kept, plan_all(kept)) == first[kept]
        assert store.save() == ""
    assert [one.path.exists() for one in first[left][:-1]] == [False] * (
        len(first[left]) - 1
    )
    assert all(one.path.exists() for one in first[kept])
    assert stranger.exists()
    assert "left.jpg" not in (tmp_path / "store/index.json").read_text("utf-8")


def test_a_full_disk_is_a_problem_of_this_build_only(
    tmp_path: Path, monkeypatch
) -> None:
    path = write(tmp_path / "x.jpg", PHOTO)
    recipes = plan_all(path)
    store = PictureStore(tmp_path / "store")
    source = store.inspect(path)
    renditions = render_picture(PHOTO, recipes)
    with monkeypatch.context() as patch:

        def refuse(self: Path, target: Path) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(Path, "replace", refuse)
        outcomes = [store.keep(source, rendition) for rendition in renditions]
        assert "No space left" in store.save()
    for rendition, outcome in zip(renditions, outcomes, strict=True):
        if rendition.content:
            assert outcome.state is State.FAILED
            assert outcome.is_store_at_fault
            assert "No space left" in outcome.problem
        assert outcome.lasting == (rendition.content is None)
        found = store.find(source, rendition.recipe)
        assert (found is not None) == outcome.lasting
    assert [one for one in (tmp_path / "store").rglob("*") if one.is_file()] == []
    assert list_candidates(store, path, source, recipes)[-1].path == path
    assert len(fill(PictureStore(tmp_path / "store"), path)[path]) > 2


def test_a_picture_that_cannot_be_decoded_is_tried_once(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jpg", BAD["cut.jpg"])
    store = PictureStore(tmp_path / "store")
    assert [one.path for one in fill(store, path)[path]] == [path]
    again = PictureStore(tmp_path / "store")
    for recipe in plan_all(path):
        outcome = again.find(again.inspect(path), recipe)
        assert outcome
        assert outcome.problem or recipe.format == "same"
    path.write_bytes(PHOTO)
    assert len(fill(again, path)[path]) > 2


def test_another_encoder_or_quality_makes_other_files(tmp_path: Path) -> None:
    source = describe(write(tmp_path / "x.jpg", PHOTO))
    recipe = plan_renditions(source, HEADER, BOTH)[0]
    others = [
        replace(recipe, encoder="webp 9.9"),
        replace(recipe, quality=recipe.quality + 1),
        replace(recipe, options=(("method", 6),)),
        replace(recipe, box=(0, 0, 10, 10)),
    ]
    keys = {one.make_key(source) for one in (recipe, *others)}
    keys.add(recipe.make_key(replace(source, digest="0" * 64)))
    # Sphinx copies a file to one name, so two names are two files.
    keys.add(recipe.make_key(replace(source, name="y-ad849b3679ee.jpg")))
    assert len(keys) == 7
    assert recipe.make_key(source) in keys


def test_the_plan_and_a_warm_store_do_without_decoders() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import sphinx_leadposts.imaging.store, "
        "sphinx_leadposts.imaging.candidates, sphinx_leadposts.imaging.plan; "
        "print([name for name in sys.modules if name.startswith('PIL')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == "[]"


# Covers ------------------------------------------------------------------------------


def average(cover: Cover) -> tuple[int, ...]:
    image = Image.open(io.BytesIO(draw_cover(cover)))
    assert (image.size, image.format) == ((1200, 675), "JPEG")
    return image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))


def test_a_post_has_one_cover_and_its_tag_a_colour() -> None:
    one, same = (draw_cover(Cover(seed="blog/a", tag="SEO")) for _ in range(2))
    assert one == same
    assert draw_cover(Cover(seed="blog/b", tag="SEO")) != one
    tags = ["", "SEO", "日本語", "Lead generation"]
    averages = [average(Cover(seed="blog/a", tag=tag)) for tag in tags]
    for place, colour in enumerate(averages):
        for other in averages[place + 1 :]:
            assert measure_delta(colour, other) > 8


def test_covers_are_neither_dark_nor_white() -> None:
    for number in range(8):
        light = sum(average(Cover(seed=f"blog/{number}", tag=f"tag {number}"))) / 3
        assert 90 < light < 215


def test_a_cover_is_kept_like_a_picture(tmp_path: Path) -> None:
    job = make_jobs(tmp_path, 0)[0]
    recipes = (*job.recipes, *plan_renditions(job.source, HEADER, WEBP))
    store = PictureStore(tmp_path / "store")
    assert list_candidates(store, job.origin, job.source, recipes) == ()
    with ThreadPoolExecutor(1) as executor:
        for _, renditions in render_all([replace(job, recipes=recipes)], executor):
            for rendition in renditions:
                store.keep(job.source, rendition)
    candidates = list_candidates(store, job.origin, job.source, recipes)
    assert candidates[-1].name == job.source.name
    assert candidates[-1].path.read_bytes() == draw_cover(
        Cover(seed="blog/post", tag="SEO")
    )
    assert len(candidates) > 3
