"""Pictures in books, on paper, in text: formats their readers know, or words."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.picture_files import GPS, encode, make_arrow, make_exif, make_logo
from tests.shown_pictures import encode_photo, load, put
from tests.site import BUILDERS, FOR_ALL_BUILDERS, Build, Site

POSTS = ("web", "turned", "wrong", "logo", "moving", "tiff", "drawn", "far")


def make_moving() -> bytes:
    frames = [Image.new("RGB", (400, 300), c) for c in ("red", "green")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(
        **FOR_ALL_BUILDERS, suppress_warnings=["epub.unknown_project_files"]
    )
    exif = make_exif(6)
    put(site, "m/web.webp", encode_photo((1900, 1000), "WEBP"))
    put(site, "m/body.webp", encode_photo((600, 400), "WEBP"))
    put(site, "m/turned.jpg", encode(make_arrow((600, 400)), exif=exif))
    put(site, "m/wrong.jpg", encode(make_arrow((600, 300)), "PNG"))
    put(site, "m/logo.webp", encode(make_logo(), "WEBP", lossless=True))
    put(site, "m/moving.gif", make_moving())
    put(site, "m/tiff.tiff", encode(make_arrow((300, 200)), "TIFF"))
    site.write("m/drawn.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')
    suffixes = {"web": "webp", "logo": "webp", "moving": "gif", "tiff": "tiff"}
    suffixes |= {"drawn": "svg"}
    for name in POSTS[:-1]:
        site.post(
            name,
            "Text.\n\n![In the body](/m/body.webp)\n\nMore.\n",
            title=f"Title of {name}",
            image=f"/m/{name}.{suffixes.get(name, 'jpg')}",
            image_alt="Seen from afar" if name == "web" else f"Title of {name}.",
        )
    site.post("far", image="https://cdn.example.org/x.png", image_alt="Far away")
    entries = "".join(f"posts/{name}\n" for name in POSTS)
    site.write(
        "index.md", f"# Home\n\n```{{toctree}}\n{entries}```\n\n```{{post-list}}\n```\n"
    )
    return site


MISLABELLED = [r"wrong\.md:5: WARNING: .*format PNG.*\[leadposts\.image\]"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_builder_warns(blog: Site, builder: str) -> None:
    blog.build(builder, warns=MISLABELLED)
    blog.build(builder)


def list_named(build: Build) -> list[Path]:
    """Return the picture files that the LaTeX file names."""
    text = next(build.out.glob("*.tex")).read_text("utf-8")
    found = re.findall(r"\\sphinxincludegraphics(?:\[.*?\])?\{\{(.*?)\}(\.\w+)\}", text)
    return [build.out / f"{stem}{suffix}" for stem, suffix in found]


def check_on_paper(path: Path) -> None:
    """Fail unless a file is what TeX can show, upright, under its own name."""
    with Image.open(path) as image:
        assert image.format == {".png": "PNG", ".jpg": "JPEG"}[path.suffix]
        assert 0x0112 not in image.getexif()
        assert image.width <= 1600
    assert GPS.encode() not in path.read_bytes()


def test_paper_shows_what_tex_can_read(blog: Site) -> None:
    build = blog.build("latex", warns=MISLABELLED)
    named = list_named(build)
    stems = [path.name.split("-")[0] for path in named]
    heads = ["web", "turned", "wrong", "logo", "moving", "tiff"]
    assert [stem for stem in stems if stem != "body"] == heads
    assert stems.count("body") == len(POSTS) - 1
    for path in named:
        check_on_paper(path)
    copied = [
        path
        for path in build.out.iterdir()
        if path.suffix.lower() in {".jpg", ".png", ".webp", ".avif", ".gif", ".tiff"}
    ]
    assert set(copied) == set(named)
    turned = load(named[stems.index("turned")])
    assert turned.size == (400, 600)
    wrong = named[stems.index("wrong")]
    assert wrong.suffix == ".png"
    assert load(named[stems.index("logo")]).getpixel((2, 2))[3] == 0


def test_pictures_of_bodies_are_for_paper_even_where_screens_get_them_plain(
    blog: Site,
) -> None:
    blog.configure(leadposts_body_images=False)
    for path in list_named(blog.build("latex", warns=MISLABELLED)):
        check_on_paper(path)


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="TeX is not installed")
def test_the_paper_comes_out_of_the_press(blog: Site) -> None:
    build = blog.build("latex", warns=MISLABELLED)
    subprocess.run(["latexmk", "-pdf", "site.tex"], cwd=build.out, check=True)
    pdf = (build.out / "site.pdf").read_bytes()
    assert len(re.findall(rb"/Subtype\s*/Image", pdf)) >= 7


def test_a_book_holds_jpeg_and_png(blog: Site) -> None:
    build = blog.build("epub", warns=MISLABELLED)
    with zipfile.ZipFile(next(build.out.glob("*.epub"))) as book:
        names = book.namelist()
        manifest = book.read("content.opf").decode()
        pictures = [n for n in names if n.startswith("_images/")]
        for name in pictures:
            if name.endswith(".svg"):
                continue
            with Image.open(io.BytesIO(book.read(name))) as image:
                suffix = {"PNG": ".png", "JPEG": ".jpg"}[image.format]
                assert Path(name).suffix == suffix, name
            assert name in manifest
            assert GPS.encode() not in book.read(name)
        for name in POSTS[:-1]:
            page = book.read(f"posts/{name}.xhtml").decode()
            sources = re.findall(r'<img[^>]* src="\.\./(_images/[^"]+)"', page)
            assert len(sources) == 2, name
            assert set(sources) <= set(names)
            assert "srcset" not in page
            assert "<picture" not in page
        pages = [book.read(n).decode() for n in names if n.endswith(".xhtml")]
        used = {s for page in pages for s in re.findall(r"_images/[^\"]+", page)}
        assert used == set(pictures)


def test_a_book_from_the_folder_of_an_older_one_holds_nothing_old(blog: Site) -> None:
    blog.build("epub", warns=MISLABELLED)
    put(blog, "m/web.webp", encode_photo((1000, 500), "WEBP"))
    put(blog, "m/body.webp", encode_photo((500, 500), "WEBP"))
    build = blog.build("epub", warns=MISLABELLED)
    cold = blog.build("epub", out="cold", warns=MISLABELLED)
    # The package says when it was made.
    stamped = {"Site.epub", "content.opf"}
    trees = [
        {name: made for name, made in tree.items() if name not in stamped}
        for tree in (build.tree(), cold.tree())
    ]
    assert trees[0] == trees[1]


@pytest.mark.parametrize(("builder", "name"), [("text", "posts/{}.txt"), ("man", "")])
def test_words_stand_for_a_picture_where_they_say_something(
    blog: Site, builder: str, name: str
) -> None:
    build = blog.build(builder, warns=MISLABELLED)
    if builder == "man":
        text = build.read("site.1")
        assert text.count("Seen from afar") == 1
        assert text.count("Title of turned.") == 0
        return
    assert build.read("posts/web.txt").count("Seen from afar") == 1
    assert "In the body" in build.read("posts/web.txt")
    assert "Title of turned." not in build.read("posts/turned.txt")
    assert build.read("posts/far.txt").count("Far away") == 1


def test_texinfo_shows_what_it_can(blog: Site) -> None:
    build = blog.build("texinfo", warns=MISLABELLED)
    text = build.read("site.texi")
    named = re.findall(r"@image\{([^,}]+)[^}]*?,\.?(\w+)\}", text)
    assert named
    for stem, suffix in named:
        assert suffix in {"png", "jpg"}
        assert build.has(f"{stem}.{suffix}"), stem


def test_one_page_shows_every_file_that_it_names(blog: Site) -> None:
    build = blog.build("singlehtml", warns=MISLABELLED)
    page = build.page("index")
    assert len(page.select("img.leadposts-header-image")) == len(POSTS)
    names = {img["src"] for img in page.select("img") if "//" not in img["src"]}
    for source in page.select("source"):
        names |= {part.split()[0] for part in source["srcset"].split(", ")}
    names.discard("_static/logo.png")
    assert names
    assert all(build.has(name) for name in names)
    pictures = {f"_images/{p.name}" for p in (build.out / "_images").iterdir()}
    assert {name for name in names if name.startswith("_images")} == pictures
