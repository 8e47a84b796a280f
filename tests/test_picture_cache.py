"""What is made of pictures is made once, kept, and never out of date."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from sphinx_leadposts.imaging import files, store
from tests.picture_files import encode, make_photo
from tests.shown_pictures import encode_photo, find_shown, put
from tests.site import Build, Site

HEADER = "img.leadposts-header-image"
CARD = "img.leadposts-card-image"
BODY = "img.leadposts-body-image"
SIZE = (500, 350)
STORE = "doctrees-html/leadposts/pictures"


@pytest.fixture
def blog(site: Site) -> Site:
    """Return a site with three pictures: in a header, in a body, in both."""
    put(site, "m/a.jpg", encode_photo(SIZE))
    put(site, "m/b.jpg", encode_photo((480, 500)))
    site.post("a", "Text.\n\n![](/m/b.jpg)\n\nMore.\n", image="/m/a.jpg")
    site.post("b", image="/m/b.jpg")
    site.post("c")
    return site


def swap(path: Path, *, seconds: float = -3600) -> None:
    """Put another picture of the same number of bytes in place of one."""
    before = path.stat()
    with Image.open(path) as image:
        size = image.size
    content = encode(make_photo(size), quality=80).ljust(before.st_size, b"\0")
    assert len(content) == before.st_size
    assert content != path.read_bytes()
    path.write_bytes(content)
    time_ns = before.st_mtime_ns + round(seconds * 1e9)
    os.utime(path, ns=(time_ns, time_ns))


def say_last(build: Build) -> str:
    (line,) = re.findall(r"^leadposts: (.*)$", build.status, re.MULTILINE)
    return line


def read_counts(build: Build) -> tuple[int, int, int]:
    """Return how many files there are, and how many are new and reused."""
    found = re.search(r"in (\d+) files \((\d+) new, (\d+) reused\)", say_last(build))
    return tuple(int(number) for number in found.groups())


def list_pictures(build: Build) -> set[str]:
    return {path.name for path in (build.out / "_images").iterdir()}


def list_own(build: Build) -> dict[str, str]:
    """Return the output without the index, which Sphinx keeps words of the past in."""
    return {name: d for name, d in build.tree().items() if name != "searchindex.js"}


def check_same_as_cold(site: Site, build: Build) -> None:
    """Fail unless a build from nothing, with another store, gives the same."""
    cold = site.build(out="cold", overrides={"leadposts_cache_dir": ""})
    assert list_own(cold) == list_own(build)
    shutil.rmtree(cold.out)
    shutil.rmtree(site.root / "doctrees-cold")


# What is kept -------------------------------------------------------------------------


def test_a_store_elsewhere_outlives_doctrees_and_output(blog: Site) -> None:
    blog.configure(leadposts_cache_dir="../kept")
    build = blog.build()
    files, new, reused = read_counts(build)
    assert files == new > 5
    assert reused == 0
    assert (blog.root / "kept" / "index.json").is_file()
    assert not (blog.root / STORE).exists()
    before = build.tree()
    shutil.rmtree(build.out)
    shutil.rmtree(blog.root / "doctrees-html")
    build = blog.build()
    assert read_counts(build) == (files, 0, files)
    assert "rendering pictures" not in build.status
    assert build.tree() == before


def test_a_store_lies_beside_the_doctrees_where_none_is_named(blog: Site) -> None:
    blog.build()
    assert (blog.root / STORE / "index.json").is_file()


def test_builders_share_a_store(blog: Site) -> None:
    blog.configure(leadposts_cache_dir=str(blog.root / "kept"))
    files, _, _ = read_counts(blog.build())
    assert read_counts(blog.build("dirhtml")) == (files, 0, files)


def test_a_build_without_changes_opens_no_picture_and_writes_no_page(
    blog: Site,
) -> None:
    code = (
        "import sys; from sphinx.cmd.build import build_main; "
        "code = build_main(sys.argv[1:]); "
        "ours = [m for m in sys.modules if m.startswith('sphinx_leadposts.imaging.')]; "
        "print(code, 'sphinx_leadposts.imaging.source' in ours, "
        "'sphinx_leadposts.imaging.render' in ours)"
    )
    folders = [blog.root / n for n in ("doctrees-html", "src", "html")]

    def run() -> str:
        return subprocess.run(
            [sys.executable, "-c", code, "-q", "-d", *map(str, folders)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    assert run() == "0 True True"
    times = {path: path.stat().st_mtime_ns for path in blog.root.rglob("html/**/*.*")}
    assert run() == "0 False False"
    after = {path: path.stat().st_mtime_ns for path in blog.root.rglob("html/**/*.*")}
    pages = {
        p for p in times if p.suffix == ".html" and p.stem not in {"search", "genindex"}
    }
    assert {p: after[p] for p in pages} == {p: times[p] for p in pages}


def test_words_of_a_post_can_change_without_a_look_at_pictures(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.build()
    opened = []
    real = Image.open
    monkeypatch.setattr(
        Image, "open", lambda *a, **k: opened.append(a) or real(*a, **k)
    )
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.suffix in {".jpg", ".avif"}:
            opened.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    blog.post("a", "Text.\n\n![](/m/b.jpg)\n\nOther words.\n", image="/m/a.jpg")
    build = blog.build()
    assert "Other words." in build.read("posts/a.html")
    assert not opened


@pytest.mark.parametrize("seconds", [-3600, 0, 3600])
@pytest.mark.parametrize("name", ["m/a.jpg", "m/b.jpg"])
def test_a_picture_that_was_swapped_changes_pages_and_files(
    blog: Site, name: str, seconds: float
) -> None:
    before = list_pictures(blog.build())
    swap(blog.src / name, seconds=seconds)
    build = blog.build()
    after = list_pictures(build)
    stem = Path(name).stem
    assert not {n for n in before & after if n.startswith(f"{stem}-")}
    assert {n for n in before if not n.startswith(stem)} <= after
    check_same_as_cold(blog, build)


def test_two_outputs_of_one_reading_are_both_fresh_after_a_swap(blog: Site) -> None:
    builders = ("html", "dirhtml")
    for builder in builders:
        blog.build(builder, doctrees="doctrees")
    swap(blog.src / "m/b.jpg")
    for builder in builders:
        build = blog.build(builder, doctrees="doctrees")
        cold = blog.build(builder, out=f"cold-{builder}")
        assert build.tree() == cold.tree()


def test_what_one_page_still_shows_stays_in_the_output(blog: Site) -> None:
    blog.build()
    blog.post("a", image="/m/a.jpg")
    build = blog.build()
    assert {n.split("-")[0] for n in list_pictures(build)} == {"a", "b", "cover"}
    check_same_as_cold(blog, build)
    blog.post("b")
    build = blog.build()
    assert {n.split("-")[0] for n in list_pictures(build)} == {"a", "cover"}
    check_same_as_cold(blog, build)
    (blog.src / "posts/a.md").unlink()
    build = blog.build()
    # Nothing has a picture now, so nothing has a cover.
    assert not (build.out / "_images").exists() or not list_pictures(build)
    check_same_as_cold(blog, build)


def test_a_build_of_one_page_leaves_the_pictures_of_others(blog: Site) -> None:
    blog.build()
    swap(blog.src / "m/b.jpg")
    build = blog.build(files=[blog.src / "posts/b.md"])
    for docname in ("posts/a", "posts/b", "posts/c", "blog/index"):
        for shown in find_shown(build, docname, ".body img[src*=_images]"):
            assert shown.files
    check_same_as_cold(blog, blog.build())


def test_parallel_builds_give_the_same(blog: Site) -> None:
    for number in range(8):
        blog.post(f"p{number}", "Text.\n\n![](/m/a.jpg)\n", image="/m/b.jpg")
    serial = blog.build()
    assert blog.build(out="two", jobs=2).tree() == serial.tree()
    swap(blog.src / "m/b.jpg")
    assert blog.build(out="two", jobs=2).tree() == blog.build().tree()


def test_switching_body_pictures_off_and_on_leaves_nothing(blog: Site) -> None:
    before = blog.build().tree()
    blog.configure(leadposts_body_images=False)
    check_same_as_cold(blog, blog.build())
    blog.configure(leadposts_body_images=True)
    assert blog.build().tree() == before


# What goes wrong ----------------------------------------------------------------------


def test_an_entry_cut_short_is_made_again(blog: Site) -> None:
    build = blog.build()
    before = build.tree()
    made = sorted((blog.root / STORE).rglob("*.avif"))
    made[0].write_bytes(made[0].read_bytes()[:50])
    made[1].unlink()
    content = bytearray(made[2].read_bytes())
    content[-1] ^= 1
    made[2].write_bytes(content)
    shutil.rmtree(build.out)
    build = blog.build()
    assert read_counts(build)[1] == 3
    assert build.tree() == before


def test_an_index_cut_short_is_made_again(blog: Site) -> None:
    before = blog.build().tree()
    index = blog.root / STORE / "index.json"
    index.write_bytes(index.read_bytes()[:100])
    build = blog.build()
    assert read_counts(build)[2] == 0
    assert build.tree() == before


def fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "write_file", refuse)
    monkeypatch.setattr(store, "write_file", refuse)


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub", "latex"])
def test_a_full_disk_is_named_once_and_the_next_build_heals_it(
    blog: Site, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    blog.write("index.md", "# Home\n\n```{toctree}\nposts/a\nposts/b\n```\n")
    blog.configure(version="1.0", copyright="Us", html_title="Site")
    put(blog, "m/w.webp", encode_photo((450, 300), "WEBP"))
    blog.post("a", "Text.\n\n![](/m/a.jpg)\n", image="/m/w.webp")
    said = r"a\.md:5: WARNING: m/w.webp: .* written \(No space.* made of it"
    more = {"latex": 0, "epub": 1}.get(builder, 3)
    also = f"; the same goes for {more} more" if more else ""
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        full = blog.build(builder, warns=[rf"{said}{also} \[leadposts\.image\]"])
    if builder == "html":
        for shown in find_shown(full, "posts/a", ".body img"):
            assert not shown.files
            original = f"{shown.src.name[0]}{shown.src.suffix}"
            content = (blog.src / "m" / original).read_bytes()
            assert shown.src.read_bytes() == content
    healed = blog.build(builder)
    if builder in {"html", "dirhtml"}:
        check = blog.build(builder, out="cold")
        assert healed.tree() == check.tree()


def test_a_full_disk_costs_nothing_that_was_made_before(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.build()
    put(blog, "m/new.jpg", encode_photo((470, 300)))
    blog.post("new", image="/m/new.jpg")
    fill_the_disk(monkeypatch)
    build = blog.build(warns=["No space"])
    (shown,) = find_shown(build, "posts/a", HEADER)
    assert shown.files
    monkeypatch.undo()
    build = blog.build()
    (shown,) = find_shown(build, "posts/new", HEADER)
    assert shown.files
    check_same_as_cold(blog, build)


def test_a_store_that_is_no_folder_is_named_once(blog: Site) -> None:
    (blog.root / "taken").write_text("A file.")
    blog.configure(leadposts_cache_dir="../taken")
    build = blog.build(warns=[r"pictures cannot be written.*\[leadposts\.image\]"])
    (shown,) = find_shown(build, "posts/b", HEADER)
    assert not shown.files
    blog.build(warns=[r"pictures cannot be written.*\[leadposts\.image\]"])
    blog.configure(leadposts_cache_dir="../free")
    build = blog.build()
    (shown,) = find_shown(build, "posts/b", HEADER)
    assert shown.files
    check_same_as_cold(blog, build)
    assert (blog.root / "taken").read_text() == "A file."


def test_files_of_others_in_the_store_are_left_alone(blog: Site) -> None:
    put(blog, "../kept/ab/mine.txt", b"mine")
    os.utime(blog.root / "kept/ab/mine.txt", (0, 0))
    blog.configure(leadposts_cache_dir="../kept")
    blog.build()
    assert (blog.root / "kept/ab/mine.txt").read_bytes() == b"mine"


@pytest.mark.parametrize("where", ["header", "body"])
def test_an_older_picture_in_place_of_a_bad_one_heals(site: Site, where: str) -> None:
    path = put(site, "m/p.jpg", b"")
    if where == "header":
        site.post("one", image="/m/p.jpg")
    else:
        site.post("one", "Text.\n\n![](/m/p.jpg)\n")
    site.build(warns=[r"one\.md:\d: WARNING: p\.jpg cannot be read"])
    path.write_bytes(encode_photo(SIZE))
    os.utime(path, (1_000_000_000, 1_000_000_000))
    build = site.build()
    (shown,) = find_shown(build, "posts/one", HEADER if where == "header" else BODY)
    assert shown.files
    check_same_as_cold(site, build)


# Covers -------------------------------------------------------------------------------


def test_posts_without_a_picture_have_covers_of_their_own(blog: Site) -> None:
    blog.post("red", tags="[post, red]")
    blog.post("also-red", tags="[post, red]")
    build = blog.build()
    shown = {
        item.img.find_parent("article").select_one("a").get_text(): item
        for item in find_shown(build, "blog/index", CARD)
    }
    covers = {t: s.src.name for t, s in shown.items() if "cover" in s.src.name}
    assert set(covers) == {"Post c", "Post red", "Post also-red"}
    assert len(set(covers.values())) == 3
    assert all(shown[title].files for title in covers)
    assert all(shown[title].img["alt"] == "" for title in covers)
    for docname in ("posts/c", "posts/red"):
        assert not build.page(docname).select(".leadposts-header img")
    content = {t: shown[t].src.read_bytes() for t in covers}
    blog.post("red", tags="[post, blue]")
    after = blog.build()
    red = [
        s
        for s in find_shown(after, "blog/index", CARD)
        if "Post red" in str(s.img.find_parent("article"))
    ]
    assert red[0].src.read_bytes() != content["Post red"]
    assert covers["Post also-red"] in list_pictures(after)
    assert covers["Post red"] not in list_pictures(after)
    check_same_as_cold(blog, after)


def test_a_cover_is_the_same_from_build_to_build(make_site) -> None:
    names = set()
    for number in range(2):
        site = make_site(f"site{number}")
        put(site, "m/a.jpg", encode_photo(SIZE))
        site.post("a", image="/m/a.jpg")
        site.post("b", tags="[post, red]")
        build = site.build()
        names.add(
            tuple(
                (path.name, path.read_bytes())
                for path in sorted((build.out / "_images").glob("cover*"))
            )
        )
    assert len(names) == 1


def test_a_blog_without_pictures_has_no_covers(site: Site) -> None:
    for name in "ab":
        site.post(name)
    build = site.build()
    assert not build.page("blog/index").select(".body img")
    assert not (build.out / "_images").exists()
    assert "0 pictures" in say_last(build)
    put(site, "m/a.jpg", encode_photo(SIZE))
    site.post("a", image="/m/a.jpg")
    build = site.build()
    assert len(build.page("blog/index").select(CARD)) == 2
    check_same_as_cold(site, build)
    site.post("a")
    check_same_as_cold(site, site.build())


def test_a_cover_can_be_a_picture_or_nothing(blog: Site) -> None:
    put(blog, "m/cover.jpg", encode_photo((600, 400)))
    drawn = blog.build().tree()
    blog.configure(leadposts_cover="m/cover.jpg")
    build = blog.build()
    names = [s.src.name for s in find_shown(build, "blog/index", CARD)]
    assert sorted(name.split("-")[0] for name in names) == ["a", "b", "cover"]
    assert not build.page("posts/c").select(".leadposts-header img")
    assert all(s.files for s in find_shown(build, "blog/index", CARD))
    check_same_as_cold(blog, build)
    swap(blog.src / "m/cover.jpg")
    build = blog.build()
    check_same_as_cold(blog, build)
    blog.configure(leadposts_cover="")
    build = blog.build()
    assert len(build.page("blog/index").select(CARD)) == 2
    check_same_as_cold(blog, build)
    blog.configure(leadposts_cover="draw")
    assert blog.build().tree() == drawn


# The last line ------------------------------------------------------------------------


def test_the_last_line_counts_pictures_files_and_bytes(blog: Site) -> None:
    build = blog.build()
    files = list_pictures(build)
    # Those without metadata are given out as they are, and no file of the store.
    originals = {n for n in files if re.fullmatch(r"[ab]-\w{12}\.jpg", n)}
    count = len(files - originals)
    before = sum((blog.src / f"m/{name}.jpg").stat().st_size for name in "ab")
    line = say_last(build)
    assert line.startswith("3 posts, 0 tags; 2 pictures in ")
    assert f"; 2 pictures in {count} files ({count} new, 0 reused), " in line
    said = f"{before / 1e6:.1f} MB" if before >= 100_000 else f"{before / 1e3:.0f} kB"
    assert f"{said} before, at most " in line
    again = say_last(blog.build())
    assert f"2 pictures in {count} files (0 new, {count} reused), {said}" in again


def test_the_last_line_says_little_where_nothing_was_looked_at(blog: Site) -> None:
    assert say_last(blog.build("text")) == "3 posts, 0 tags; 2 pictures"


def test_a_cover_that_could_not_be_made_is_made_again(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.post("c", tags="[post, solo]")
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        blog.build(warns=["No space"])
    healed, cold = blog.build(), blog.build(out="cold")
    assert list_own(healed) == list_own(cold)
