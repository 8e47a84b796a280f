"""What pages say of pictures, and that the files are as they say."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.picture_files import (
    ARTIST,
    GPS,
    encode,
    make_arrow,
    make_exif,
    make_logo,
    make_photo,
)
from tests.shown_pictures import encode_photo, find_shown, load, measure, put
from tests.site import Build, Site

HEADER = "img.leadposts-header-image"
CARD = "img.leadposts-card-image"
BODY = "img.leadposts-body-image"
AVIF = "image/avif"


def list_images(build: Build) -> list[Path]:
    return sorted((build.out / "_images").iterdir())


def check_srcset(row: list[tuple[int, Path]], source: Path) -> None:
    """Fail unless the files are what they are called, and none is too large."""
    widths = [width for width, _ in row]
    assert widths == sorted(set(widths))
    for width, path in row:
        assert measure(path)[0] == width <= measure(source)[0]
        assert path.stat().st_size <= source.stat().st_size
    sizes = [path.stat().st_size for _, path in row]
    assert sizes == sorted(sizes)


def test_a_header_comes_first_and_in_the_size_that_fits(site: Site) -> None:
    source = put(site, "m/photo.jpg", encode_photo())
    site.post("one", image="/m/photo.jpg", image_alt="A <b>wide</b> sky")
    (shown,) = find_shown(site.build(), "posts/one", HEADER)
    img = shown.img
    assert list(shown.files) == [AVIF]
    check_srcset(shown.files[AVIF], source)
    assert [width for width, _ in shown.files[AVIF]] == [360, 720, 1000]
    assert all(path.suffix == ".avif" for _, path in shown.files[AVIF])
    assert (img["width"], img["height"]) == ("1000", "700")
    assert (img["decoding"], img["fetchpriority"]) == ("async", "high")
    assert "loading" not in img.attrs
    assert img["alt"] == "A <b>wide</b> sky"
    assert shown.src.read_bytes() == source.read_bytes()
    assert shown.sizes == "min(100vw - 60px, 660px)"


def test_only_cards_below_the_first_row_are_lazy(site: Site) -> None:
    for number in range(5):
        put(site, f"m/{number}.jpg", encode_photo((500, 300 + number)))
        site.post(f"p{number}", image=f"/m/{number}.jpg")
    site.write(
        "index.md",
        "# Home\n\n```{post-list}\n```\n\n```{post-list}\n```\n",
    )
    build = site.build()
    shown = find_shown(build, "index", CARD)
    assert len(shown) == 10
    assert [bool(s.img.get("loading")) for s in shown] == [False] * 3 + [True] * 7
    assert not any(s.img.get("fetchpriority") for s in shown)
    assert {s.img["decoding"] for s in shown} == {"async"}
    for item in shown:
        ((kind, row),) = item.files.items()
        assert kind == AVIF
        # Cut to the frame of cards, but for the original behind them.
        assert {
            round(width / 16 * 9) - measure(path)[1]
            for width, path in row
            if path.suffix == ".avif"
        } <= {-1, 0, 1}
    # Three in a row from 992 pixels on, two from 576; 16 pixels between them.
    room = "min(100vw - 60px, 660px)"
    sizes = [
        f"(min-width: 992px) calc(({room} + 16px) / 3 - 18px)",
        f"(min-width: 576px) calc(({room} + 16px) / 2 - 18px)",
        f"calc({room} - 2px)",
    ]
    assert shown[0].sizes == ", ".join(sizes)
    assert shown[9].sizes == f"auto, {shown[0].sizes}"


def test_the_first_list_may_stand_below_others_without_pictures(site: Site) -> None:
    put(site, "m/a.jpg", encode_photo((500, 300)))
    site.post("a", image="/m/a.jpg")
    site.write(
        "index.md", "# Home\n\n```{tag-list}\n```\n\n```{post-list}\n:columns: 1\n```\n"
    )
    (shown,) = find_shown(site.build(), "index", CARD)
    assert "loading" not in shown.img.attrs


def test_the_focus_of_a_picture_moves_its_card(site: Site) -> None:
    put(site, "m/tall.jpg", encode(make_arrow((600, 1200)), quality=95))
    site.post("top", image='{src: /m/tall.jpg, focus: "50% 0%"}')
    site.post("low", image='{src: /m/tall.jpg, focus: "50% 100%"}')
    site.write("index.md", "# Home\n\n```{post-list}\n:sort: title\n```\n")
    build = site.build()
    page = build.page("index")
    frames = page.select(".leadposts-card-frame")
    assert ["focus: 50% 100%" in f["style"] for f in frames] == [True, False]
    assert ["focus: 50% 0%" in f["style"] for f in frames] == [False, True]
    colours = []
    for shown in find_shown(build, "index", CARD):
        # The largest of those that were cut: what stands behind is the original.
        cut = [p for _, p in shown.files[AVIF] if p.suffix == ".avif"][-1]
        picture = load(cut).convert("RGB")
        colours.append(picture.getpixel((picture.width - 5, picture.height // 2)))
    assert colours[0][1] > 100 > colours[0][0]
    assert colours[1][0] > 200 > colours[1][1]
    header = build.page("posts/top").select_one(".leadposts-header")
    assert header["style"] == "--leadposts-image-focus: 50% 0%"


def test_formats_stand_in_the_order_that_is_asked_for(make_site) -> None:
    site = make_site(leadposts_image_formats=["avif", "webp"])
    source = put(site, "m/photo.jpg", encode_photo())
    site.post("one", "Text.\n\n![](/m/photo.jpg)\n", image="/m/photo.jpg")
    build = site.build()
    for selector in (HEADER, BODY):
        (shown,) = find_shown(build, "posts/one", selector)
        assert list(shown.files) == [AVIF, "image/webp"]
        for row in shown.files.values():
            check_srcset(row, source)
    site.configure(leadposts_image_formats=("webp", "avif"))
    (shown,) = find_shown(site.build(), "posts/one", HEADER)
    assert list(shown.files) == ["image/webp", AVIF]


def test_files_in_the_format_of_the_original_stand_on_the_image(make_site) -> None:
    site = make_site(leadposts_image_formats=["jpeg"])
    source = put(site, "m/photo.jpg", encode_photo())
    site.post("one", "Text.\n\n![](/m/photo.jpg)\n", image="/m/photo.jpg")
    build = site.build()
    for docname, selector in (
        ("posts/one", HEADER),
        ("posts/one", BODY),
        ("blog/index", CARD),
    ):
        (shown,) = find_shown(build, docname, selector)
        assert list(shown.files) == [""]
        assert shown.img.parent.name != "picture"
        # One of its own size takes the place of the original.
        assert shown.src not in dict(map(reversed, shown.files[""]))
        check_srcset(shown.files[""], source)


def test_the_original_is_the_largest_where_none_of_its_size_is_made(site: Site) -> None:
    site.configure(leadposts_image_formats=["webp"])
    source = put(site, "m/photo.webp", encode_photo(form="WEBP"))
    site.post("one", image="/m/photo.webp")
    (shown,) = find_shown(site.build(), "posts/one", HEADER)
    assert shown.files[""][-1] == (1000, shown.src)
    check_srcset(shown.files[""], source)


def test_widths_can_be_chosen(make_site) -> None:
    site = make_site(leadposts_image_widths=[200, 500, 5000])
    put(site, "m/photo.jpg", encode_photo())
    site.post("one", image="/m/photo.jpg")
    (shown,) = find_shown(site.build(), "posts/one", HEADER)
    assert [width for width, _ in shown.files[AVIF]] == [500, 1000]


def test_another_quality_is_another_file_on_a_page_written_again(site: Site) -> None:
    put(site, "m/photo.jpg", encode_photo())
    site.post("one", image="/m/photo.jpg")
    (before,) = find_shown(site.build(), "posts/one", HEADER)
    sizes = [path.stat().st_size for _, path in before.files[AVIF]]
    site.configure(leadposts_image_quality={"avif": 20})
    build = site.build()
    (after,) = find_shown(build, "posts/one", HEADER)
    assert all(
        path.stat().st_size < size
        for size, (_, path) in zip(sizes, after.files[AVIF], strict=True)
    )
    cold = site.build(out="cold")
    assert cold.tree() == build.tree()


def test_pictures_in_bodies_can_be_left_alone(site: Site) -> None:
    source = put(site, "m/photo.jpg", encode_photo())
    site.post("one", "Text.\n\n![Alt](/m/photo.jpg)\n")
    site.build()
    site.configure(leadposts_body_images=False)
    build = site.build()
    img = build.page("posts/one").select_one(".body img")
    assert img.parent.name == "p"
    assert "srcset" not in img.attrs
    (path,) = list_images(build)
    assert path.read_bytes() == source.read_bytes()
    assert site.build(out="cold").tree() == build.tree()


BODIES = """\
Text with ![inline](/m/photo.jpg) inside.

![alone](/m/photo.jpg){.wide #named}

[![linked](/m/photo.jpg)](https://example.org)

```{figure} /m/photo.jpg
:alt: figure
:name: fig
:align: right
:figclass: fancy

A caption.
```

```{image} /m/photo.jpg
:alt: pixels
:width: 300px
```

```{image} /m/photo.jpg
:alt: bare
:width: 300
```

```{image} /m/photo.jpg
:alt: percent
:width: 50%
:class: soft
```

```{image} /m/photo.jpg
:alt: height
:height: 100px
```

```{image} /m/photo.jpg
:alt: both
:width: 400px
:height: 100px
```

```{image} /m/photo.jpg
:alt: scale
:scale: 50%
:align: center
```

```{image} /m/photo.jpg
:alt: twice
:scale: 50%
:width: 300
```

```{image} /m/photo.jpg
:alt: tall
:scale: 50%
:height: 210px
```

```{image} /m/photo.jpg
:alt: target
:target: https://example.org/t
:class: no-scaled-link
:width: 200px
```

| a                         | b |
| ------------------------- | - |
| ![table](/m/photo.jpg)    | c |

<img src="/m/photo.jpg" alt="html" width="200px">
"""


@pytest.fixture
def bodies(site: Site) -> Site:
    site.configure(
        myst_enable_extensions=["html_image", "attrs_inline", "colon_fence"],
        numfig=True,
    )
    put(site, "m/photo.jpg", encode_photo())
    site.post("one", BODIES)
    return site


def test_pictures_in_a_body_keep_all_that_was_said_of_them(bodies: Site) -> None:
    build = bodies.build()
    shown = {s.img["alt"]: s for s in find_shown(build, "posts/one", BODY)}
    assert list(shown) == re.findall(r"(?:alt: |!\[|alt=\")(\w+)", BODIES)
    for name, item in shown.items():
        img = item.img
        assert list(item.files) == [AVIF], name
        assert img["loading"] == "lazy", name
        assert img["decoding"] == "async", name
        assert item.sizes.startswith("auto, "), name
        assert "fetchpriority" not in img.attrs, name
        style = img.get("style", "")
        has_size = {"width", "height"} <= set(img.attrs)
        assert has_size != ("aspect-ratio: 1000 / 700" in style), name
    assert shown["inline"].img.find_parent("p").get_text() == "Text with  inside."
    assert "wide" in shown["alone"].img["class"]
    assert shown["alone"].img["id"] == "named"
    assert shown["linked"].img.find_parent("a")["href"] == "https://example.org"
    figure = shown["figure"].img.find_parent("figure")
    assert {"align-right", "fancy"} <= set(figure["class"])
    assert "width: 300" in shown["pixels"].img["style"]
    assert "width: 300" in shown["bare"].img["style"]
    assert "width: 50%" in shown["percent"].img["style"]
    assert "soft" in shown["percent"].img["class"]
    assert "height: 100px" in shown["height"].img["style"]
    assert "width: 500px" in shown["scale"].img["style"]
    assert "width: 150px" in shown["twice"].img["style"]
    assert "height: 105px" in shown["tall"].img["style"]
    assert "width:" not in shown["tall"].img["style"]
    assert "align-center" in shown["scale"].img["class"]
    assert shown["target"].img.find_parent("a")["href"] == "https://example.org/t"
    assert shown["table"].img.find_parent("td")
    sizes = {"pixels": 300, "bare": 300, "html": 200, "scale": 500, "tall": 150}
    for name, width in sizes.items():
        assert shown[name].sizes == f"auto, min(100vw - 60px, {width}px)", name
    assert shown["percent"].sizes == "auto, calc(min(100vw - 60px, 660px) * 0.5)"
    linked = [
        name
        for name, item in shown.items()
        if "_images" in getattr(item.img.find_parent("a"), "attrs", {}).get("href", "")
    ]
    others = {"inline", "alone", "linked", "figure", "target", "table"}
    assert set(linked) == set(shown) - others


def test_the_class_of_our_images_is_not_that_of_links(bodies: Site) -> None:
    page = bodies.build().page("posts/one")
    assert {tag.name for tag in page.select(".leadposts-body-image")} == {"img"}


def test_scaled_images_lead_to_the_picture_itself_if_wanted(bodies: Site) -> None:
    photo = (bodies.src / "m/photo.jpg").read_bytes()
    build = bodies.build()
    link = build.page("posts/one").select_one("a.image-reference[href*=_images]")
    assert (build.out / "posts" / link["href"]).resolve().read_bytes() == photo
    bodies.configure(html_scaled_image_link=False)
    assert not bodies.build().page("posts/one").select("a[href*=_images]")


def test_without_our_treatment_nothing_else_changes(bodies: Site) -> None:
    """Apart from what stands on images and around them, a page is Sphinx's own."""

    def strip(build: Build) -> str:
        page = build.page("posts/one")
        for picture in page.select("picture"):
            picture.replace_with(picture.img)
        for img in page.select(".body img"):
            img.replace_with(page.new_tag("img", alt=img["alt"]))
        for link in page.select("a.image-reference"):
            link["href"] = ""
        return str(page.select_one(".body"))

    with_ours = strip(bodies.build())
    bodies.configure(leadposts_body_images=False)
    assert strip(bodies.build()) == with_ours


def test_pictures_of_other_documents_are_none_of_ours(site: Site) -> None:
    photo = put(site, "m/photo.jpg", encode(make_photo(), exif=make_exif()))
    site.write("index.md", "---\nauthor: Me\n---\n# Home\n\n![Alt](/m/photo.jpg)\n")
    site.post("one")
    build = site.build()
    img = build.page("index").select_one(".body img")
    assert img["src"] == "_images/photo.jpg"
    assert set(img.attrs) == {"src", "alt"}
    (path,) = list_images(build)
    assert path.read_bytes() == photo.read_bytes()


def test_one_file_may_be_shown_by_a_post_and_by_another_document(site: Site) -> None:
    photo = put(site, "m/photo.jpg", encode(make_photo(), exif=make_exif()))
    site.write("index.md", "# Home\n\n![Alt](/m/photo.jpg)\n")
    site.post("one", "Text.\n\n![Alt](/m/photo.jpg)\n", image="/m/photo.jpg")
    build = site.build()
    img = build.page("index").select_one(".body img")
    assert (build.out / img["src"]).read_bytes() == photo.read_bytes()
    (shown,) = find_shown(build, "posts/one", BODY)
    assert GPS.encode() not in shown.src.read_bytes()


def make_moving(form: str) -> bytes:
    frames = [Image.new("RGB", (400, 300), c) for c in ("red", "green", "blue")]
    exif = make_exif().tobytes()
    extra = {} if form == "GIF" else {"exif": exif}
    buffer = io.BytesIO()
    frames[0].save(
        buffer, form, save_all=True, append_images=frames[1:], duration=80, **extra
    )
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "form"),
    [("m.gif", "GIF"), ("m.webp", "WEBP"), ("m.png", "PNG"), ("m.apng", "PNG")],
)
def test_moving_pictures_are_left_alone(site: Site, name: str, form: str) -> None:
    source = put(site, name, make_moving(form))
    site.post("one", f"Text.\n\n![](/{name})\n", image=f"/{name}")
    build = site.build()
    images = build.page("posts/one").select(".body img")
    assert len(images) == 2
    for img in images:
        assert "srcset" not in img.attrs
        assert img.parent.name != "picture"
        path = (build.out / "posts" / img["src"]).resolve()
        assert path.read_bytes() == source.read_bytes()
    assert (images[0]["width"], images[0]["height"]) == ("400", "300")


def test_drawings_are_left_alone(site: Site) -> None:
    text = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><g/></svg>'
    site.write("x.svg", text)
    site.post("one", "Text.\n\n![](/x.svg)\n", image="/x.svg")
    build = site.build()
    for img in build.page("posts/one").select(".body img"):
        assert (build.out / "posts" / img["src"]).read_text() == text
    assert not build.page("posts/one").select("picture")


NAMES = [
    "with space.jpg",
    "größe-写真.jpg",
    "a&b.jpg",
    "it's.jpg",
    'say "hi".jpg',
    "100%.jpg",
    "50%20x.jpg",
    "a+b,c;d.jpg",
    "no-suffix-jpg",
    "UPPER.JPG",
    "a<b>.jpg",
    "x#y?z.jpg",
    ".hidden.jpg",
    "a 360w, b.jpg",
]


@pytest.mark.parametrize("folder", ["/m/", "", "../m/"])
@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_may_be_anything(site: Site, name: str, folder: str) -> None:
    from urllib.parse import quote

    put(site, f"posts/{name}" if not folder else f"m/{name}", encode_photo((500, 300)))
    url = f"{folder}{quote(name)}"
    site.post("one", f"Text.\n\n![Alt](<{url}>)\n", image=f'"{url}"')
    build = site.build()
    for docname, selector, count in (
        ("posts/one", HEADER, 1),
        ("posts/one", BODY, 1),
        ("blog/index", CARD, 1),
    ):
        shown = find_shown(build, docname, selector)
        assert len(shown) == count, selector
        for item in shown:
            assert item.files
            assert item.src.is_relative_to(build.out / "_images")


def test_texts_are_escaped_wherever_they_stand(site: Site) -> None:
    put(site, "m/photo.jpg", encode_photo((500, 300)))
    nasty = "\"><script>alert(1)</script>'&amp;"
    quoted = "'" + nasty.replace("'", "''") + "'"
    site.post(
        "one",
        f"Text.\n\n```{{image}} /m/photo.jpg\n:alt: {quoted}\n```\n",
        image="/m/photo.jpg",
        image_alt=quoted,
    )
    build = site.build()
    page = build.page("posts/one")
    assert not page.select(".body script")
    assert [img["alt"] for img in page.select(".body img")] == [nasty, nasty]


@pytest.mark.parametrize(
    "name", ["p.jpg", "p.png", "p.webp", "p.avif", "sub folder/p.jpg"]
)
def test_nothing_says_where_a_picture_was_taken(site: Site, name: str) -> None:
    form = {"jpg": "JPEG"}.get(name[-3:], name.rpartition(".")[2].upper())
    exif = make_exif(6 if form in {"JPEG", "WEBP"} else 1)
    put(site, name, encode(make_photo(), form, exif=exif))
    put(site, f"b{name}", encode(make_photo((500, 400)), form, exif=exif))
    url = name.replace(" ", "%20")
    site.post("one", f"Text.\n\n![](/b{url})\n", image=f'"/{url}"')
    build = site.build()
    paths = list_images(build)
    assert len(paths) > 2
    for path in paths:
        assert GPS.encode() not in path.read_bytes()
        with Image.open(path) as image:
            assert ARTIST not in image.getexif()
            assert not image.getexif().get_ifd(0x8825)


def test_a_picture_on_its_side_stands_upright_everywhere(site: Site) -> None:
    upright = make_arrow((400, 600))
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    put(site, "m/p.jpg", encode(lying, quality=95, exif=make_exif(6)))
    site.post("one", "Text.\n\n![](/m/p.jpg)\n", image="/m/p.jpg")
    site.write("index.md", "# Home\n\n```{post-list}\n```\n")
    build = site.build()
    found = [
        *find_shown(build, "posts/one", HEADER),
        *find_shown(build, "posts/one", BODY),
        *find_shown(build, "index", CARD),
    ]
    assert len(found) == 3
    for shown in found:
        assert (shown.img["width"], shown.img["height"]) == ("400", "600")
        for path in shown.paths:
            picture = load(path)
            if path == shown.src:
                assert picture.getexif()[0x0112] == 6
                assert picture.size == (600, 400)
                continue
            assert 0x0112 not in picture.getexif()
            colour = picture.convert("RGB").getpixel((5, picture.height // 2))
            assert colour[2] > 200 > colour[0]


@pytest.mark.parametrize("formats", [["avif"], ["webp"], ["png"]])
def test_what_is_transparent_stays_so(make_site, formats: list[str]) -> None:
    site = make_site(leadposts_image_formats=formats)
    logo = make_logo((700, 700))
    put(site, "logo.png", encode(logo, "PNG", compress_level=0))
    site.post("one", "Text.\n\n![](/logo.png)\n", image="/logo.png")
    build = site.build()
    paths = list_images(build)
    assert len(paths) > 2
    for path in paths:
        picture = load(path)
        assert picture.convert("RGBA").getpixel((3, 3))[3] == 0
        middle = (picture.width // 2, picture.height // 2)
        assert picture.convert("RGBA").getpixel(middle)[3] == 255


def test_a_small_picture_is_shown_by_itself(site: Site) -> None:
    source = put(site, "m/tiny.png", encode(Image.new("RGB", (40, 30), "red"), "PNG"))
    site.post("one", "Text.\n\n![](/m/tiny.png)\n", image="/m/tiny.png")
    build = site.build()
    (path,) = list_images(build)
    assert path.read_bytes() == source.read_bytes()
    assert not build.page("posts/one").select("picture, [srcset]")
