"""A picture that is none is named once, where it is asked for; no build stops."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.picture_files import encode, make_png_head
from tests.shown_pictures import encode_photo, find_shown, put
from tests.site import Build, Site

HEADER = "img.leadposts-header-image"
CARD = "img.leadposts-card-image"
BODY = ".body p > img, .body p > picture > img"
SIZE = (500, 350)


@pytest.fixture(autouse=True)
def impatience() -> Iterator[None]:
    """Let no test wait for a pipe."""

    def give_up(*_args: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _make_link(path: Path) -> None:
    secret = path.parent.parent.parent / "secret.jpg"
    secret.write_bytes(encode_photo(SIZE))
    path.symlink_to(secret)


def _forbid(path: Path) -> None:
    path.write_bytes(encode_photo(SIZE))
    path.chmod(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is wrong with a file, what is said of it, and whether it is shown."""

    inflict: Callable[[Path], object]
    said: str
    is_shown: bool = False


def _content(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


_HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)

DAMAGES = {
    "truncated": Damage(
        inflict=lambda path: path.write_bytes(encode_photo(SIZE)[:9000]),
        said="truncated",
        is_shown=True,
    ),
    "empty": Damage(inflict=_content(b""), said="no picture of a known format"),
    "text": Damage(inflict=_content(b"Hello"), said="no picture of a known format"),
    "mislabelled": Damage(
        inflict=_content(encode(Image.new("RGB", SIZE, "teal"), "PNG")),
        said="holds a picture in the format PNG; give its name that ending",
        is_shown=True,
    ),
    "nothing wide": Damage(inflict=_content(make_png_head(0, 9)), said="cannot be"),
    "bomb": Damage(inflict=_content(make_png_head(60000, 60000)), said="pixels"),
    "folder": Damage(inflict=lambda path: path.mkdir(), said="no file"),
    "pipe": Damage(inflict=os.mkfifo, said="no file"),
    "heic": Damage(
        inflict=_content(_HEIC), said="is in the format HEIC", is_shown=True
    ),
    "link": Damage(inflict=_make_link, said="outside the source folder"),
    "forbidden": Damage(inflict=_forbid, said="Permission denied"),
}


def damages(*left_out: str) -> pytest.MarkDecorator:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    skip = pytest.mark.skipif(is_root, reason="root may read everything")
    names = [name for name in DAMAGES if name not in left_out]
    marked = [
        pytest.param(name, marks=skip) if name == "forbidden" else name
        for name in names
    ]
    return pytest.mark.parametrize("name", marked)


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def inflict(site: Site, name: str) -> tuple[Path, Damage]:
    path = site.src / "m/p.jpg"
    path.parent.mkdir(exist_ok=True)
    DAMAGES[name].inflict(path)
    return path, DAMAGES[name]


def mend(path: Path) -> None:
    remove(path)
    path.write_bytes(encode_photo(SIZE))


def expect(place: str, damage: Damage) -> list[str]:
    return [rf"{place}: WARNING: .*{damage.said}.*\[leadposts\.image\]"]


def check_same_as_cold(site: Site, build: Build) -> None:
    assert site.build(out="cold").tree() == build.tree()


@damages()
def test_a_header_picture(site: Site, name: str) -> None:
    path, damage = inflict(site, name)
    put(site, "m/sound.jpg", encode_photo((400, 300)))
    site.post("other", image="/m/sound.jpg")
    site.post("one", image="/m/p.jpg")
    build = site.build(warns=expect(r"posts/one\.md:5", damage))
    shown = find_shown(build, "posts/one", HEADER)
    cards = {s.src.name[:5] for s in find_shown(build, "blog/index", CARD)}
    assert bool(shown) == damage.is_shown
    assert ("cover" in cards) != damage.is_shown
    if damage.is_shown:
        assert shown[0].src.read_bytes() == path.read_bytes()
    mend(path)
    build = site.build()
    (shown,) = find_shown(build, "posts/one", HEADER)
    assert shown.files
    check_same_as_cold(site, build)


@damages()
def test_a_picture_of_a_body(site: Site, name: str) -> None:
    path, damage = inflict(site, name)
    site.post("one", "Text.\n\n![Alt](/m/p.jpg)\n")
    said = expect(r"posts/one\.md:9", damage)
    if name == "forbidden":
        # Sphinx is first to say so.
        said = [r"posts/one\.md:9: WARNING: image file not readable: m/p\.jpg"]
    build = site.build(warns=said)
    (img,) = build.page("posts/one").select(BODY)
    assert img["alt"] == "Alt"
    if path.is_file() and os.access(path, os.R_OK):
        (shown,) = find_shown(build, "posts/one", BODY)
        assert shown.src.read_bytes() == path.read_bytes()
    mend(path)
    build = site.build()
    (shown,) = find_shown(build, "posts/one", BODY)
    assert shown.files
    assert shown.img["alt"] == "Alt"
    check_same_as_cold(site, build)


@damages()
def test_the_picture_of_a_guide(site: Site, name: str) -> None:
    path, damage = inflict(site, name)
    guide = {"title": "Winter", "target": "winter", "image": "/m/p.jpg"}
    site.configure(leadposts_guides={"w": guide})
    site.write("winter.md", "---\norphan: true\n---\n# Winter\n\nText.\n")
    site.write(
        "index.md",
        "# Home\n\n```{further-reading}\n:layout: cards\n:guides: w\n```\n",
    )
    site.post("one", guides="[w]")
    build = site.build(warns=expect(r"conf\.py:4", damage))
    assert len(find_shown(build, "index", CARD)) == damage.is_shown
    mend(path)
    build = site.build()
    (shown,) = find_shown(build, "index", CARD)
    assert shown.files
    check_same_as_cold(site, build)


@damages()
def test_the_cover_of_a_site(site: Site, name: str) -> None:
    path, damage = inflict(site, name)
    site.configure(leadposts_cover="m/p.jpg")
    put(site, "m/sound.jpg", encode_photo((400, 300)))
    site.post("other", image="/m/sound.jpg")
    site.post("one")
    build = site.build(warns=expect(r"conf\.py:1", damage))
    assert len(find_shown(build, "blog/index", CARD)) == 1 + damage.is_shown
    mend(path)
    build = site.build()
    shown = find_shown(build, "blog/index", CARD)
    assert len(shown) == 2
    assert all(item.files for item in shown)
    check_same_as_cold(site, build)


# Elsewhere than in HTML, and elsewhere than on the site -------------------------------


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "latex", "text"])
@pytest.mark.parametrize("name", ["pipe", "folder", "truncated", "bomb"])
def test_other_builders_go_on_too(site: Site, builder: str, name: str) -> None:
    site.configure(version="1.0", copyright="Us")
    path, damage = inflict(site, name)
    toctree = "# Home\n\n```{toctree}\nposts/one\nposts/two\n```\n"
    site.write("index.md", toctree)
    site.post("one", image="/m/p.jpg")
    site.post("two", "Text.\n\n![Alt](/m/p.jpg)\n")
    said = [
        *expect(r"posts/one\.md:5", damage),
        *expect(r"posts/two\.md:9", damage),
    ]
    if damage.is_shown:
        # Where nothing is to be made of it, nobody sees that it is cut short.
        said = [] if builder in {"text", "latex", "epub"} else said[:1]
    site.build(builder, warns=said)
    mend(path)
    build = site.build(builder)
    if builder == "latex":
        text = next(build.out.glob("*.tex")).read_text()
        assert text.count("sphinxincludegraphics{{p-") == 2


@pytest.mark.parametrize("role", ["body", "guide", "cover"])
def test_a_path_that_leaves_the_site(site: Site, role: str) -> None:
    put(site, "../secret.jpg", encode_photo(SIZE))
    put(site, "m/sound.jpg", encode_photo((400, 300)))
    path = "../secret.jpg"
    if role == "body":
        site.post("one", "Text.\n\n![Alt](../../secret.jpg)\n", image="/m/sound.jpg")
        place = r"posts/one\.md:10"
    elif role == "guide":
        guide = {"title": "Winter", "target": "index", "image": path}
        site.configure(leadposts_guides={"w": guide})
        site.post("one", image="/m/sound.jpg", guides="[w]")
        place = r"conf\.py:4"
    else:
        site.configure(leadposts_cover=path)
        site.post("one", image="/m/sound.jpg")
        place = r"conf\.py:1"
    warning = rf"{place}: WARNING: .*outside the source folder.*\[leadposts\.image\]"
    build = site.build(warns=[warning])
    assert find_shown(build, "posts/one", HEADER)
    made = [p.name for p in build.out.rglob("secret*")]
    # What is in the text of a post is Sphinx's, which asks not where it lies.
    assert made == (["secret.jpg"] if role == "body" else [])
    site.configure(leadposts_media_dirs=[".."])
    if role == "body":
        build = site.build()
        assert find_shown(build, "posts/one", "img.leadposts-body-image")[0].files


@pytest.mark.parametrize("image", ["/m/p.jpg", "p.jpg", "m/none/p.jpg"])
def test_what_is_missing_heals_however_old_it_is(site: Site, image: str) -> None:
    folder = "m" if image.startswith("/") else "posts"
    site.post("one", f"Text.\n\n![Alt]({image})\n", image=image)
    site.build(
        warns=[
            r"one\.md:5: WARNING: there is no picture.*\[leadposts\.image\]",
            r"one\.md:10: WARNING: .*[Ii]mage file not readable",
        ]
    )
    name = image.strip("/") if folder == "m" else f"posts/{image}"
    path = put(site, name, encode_photo(SIZE))
    os.utime(path, (1_000_000_000, 1_000_000_000))
    build = site.build()
    assert len(build.page("posts/one").select(".body picture")) == 2
    check_same_as_cold(site, build)
