from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.site import Site


def shown(page, stem: str) -> list:
    return [i for i in page.select("img") if stem in i.get("src", "")]


def test_a_header_picture_has_its_size_and_a_name_of_its_own(site: Site) -> None:
    site.picture("media/x.png", size=(80, 40))
    site.post("one", image="/media/x.png", image_alt="A wide sky")
    build = site.build()
    (image,) = shown(build.page("posts/one"), "x-")
    assert (image["width"], image["height"], image["alt"]) == ("80", "40", "A wide sky")
    assert (build.out / "posts" / image["src"]).resolve().read_bytes() == (
        site.src / "media/x.png"
    ).read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        "![Alt text](/media/x.png)\n\nText.\n",
        "![Alt text](../media/x.png)\n\nText.\n",
        "![Alt text](/media/copy.png)\n\nText.\n",
        "# Heading\n\n![Alt text](/media/x.png)\n\nText.\n",
        "```{figure} /media/x.png\n:alt: Alt text\n```\n\nText.\n",
    ],
)
def test_the_same_picture_at_the_head_is_shown_once(site: Site, body: str) -> None:
    original = site.picture("media/x.png")
    (site.src / "media/copy.png").write_bytes(original.read_bytes())
    site.post("one", body, image="/media/x.png")
    page = site.build().page("posts/one")
    assert len(page.select(".body img")) == 1
    assert page.select_one(".leadposts-header img")["alt"] == "Alt text"


def test_another_picture_and_a_later_one_stay(site: Site) -> None:
    site.picture("media/x.png")
    site.picture("media/y.png", "navy")
    site.post("one", "![Y](/media/y.png)\n\n![X](/media/x.png)\n", image="/media/x.png")
    assert len(site.build().page("posts/one").select(".body img")) == 3


def test_two_pictures_of_one_name_do_not_meet(site: Site) -> None:
    site.picture("a/x.png", "red")
    site.picture("b/x.png", "blue")
    site.post("one", image="/a/x.png")
    site.post("two", image="/b/x.png")
    build = site.build()
    for name, folder in (("one", "a"), ("two", "b")):
        (image,) = shown(build.page(f"posts/{name}"), "x-")
        shown_bytes = (build.out / "posts" / image["src"]).read_bytes()
        assert shown_bytes == (site.src / folder / "x.png").read_bytes()


def test_pictures_are_found_where_the_site_keeps_them(make_site) -> None:
    site = make_site(
        leadposts_media_dirs=["../shared"],
        html_extra_path=["extra"],
        html_static_path=["static"],
    )
    site.picture("../shared/m/a.png", "red")
    site.picture("extra/m/b.png", "green")
    site.picture("static/m/c.png", "blue")
    site.picture("posts/d.png", "black")
    for name, image in {
        "a": "/m/a.png",
        "b": "/m/b.png",
        "c": "/m/c.png",
        "d": "d.png",
    }.items():
        site.post(name, f"Text.\n\n![Again]({image})\n\nEnd.\n", image=image)
    build = site.build()
    for name in "abcd":
        assert len(build.page(f"posts/{name}").select(".body img")) == 2


def test_a_missing_picture_is_named_and_heals(site: Site) -> None:
    site.post("one", image="/media/none.png")
    build = site.build(
        warns=[r"one\.md:5: WARNING: .*'/media/none\.png'.*\[leadposts\.image\]"]
    )
    assert not build.page("posts/one").select(".leadposts-header img")
    site.picture("media/none.png")
    build = site.build()
    assert build.page("posts/one").select(".leadposts-header img")
    assert build.page("blog/index").select("img.leadposts-card-image")


@pytest.mark.parametrize(
    "image", ["../../secret.png", "/../secret.png", "/%2e%2e/secret.png"]
)
def test_a_path_that_leaves_the_source_is_refused(site: Site, image: str) -> None:
    site.picture("../secret.png")
    site.post("one", image=image)
    build = site.build(warns=[r"one\.md:5: WARNING: .*outside.*\[leadposts\.image\]"])
    assert not list(build.out.rglob("secret*"))


def test_a_link_that_leaves_the_source_is_refused(site: Site) -> None:
    secret = site.picture("../secret.png")
    (site.src / "link.png").symlink_to(secret)
    site.post("one", image="/link.png")
    site.build(warns=[r"one\.md:5: WARNING: .*outside.*\[leadposts\.image\]"])


@pytest.mark.parametrize("picture", ["s.png", "../img/s.png", "/news/2025/s.png"])
def test_a_linked_folder_of_posts_brings_its_pictures(site: Site, picture: str) -> None:
    original = site.picture("../repo/2025/s.png")
    site.picture("../repo/img/s.png")
    (site.src / "news").symlink_to(Path("../repo"))
    body = f"Text.\n\n![A]({picture})\n"
    site.post("../news/2025/one", body, image=picture)
    build = site.build()
    for kind in ("header", "body"):
        (image,) = build.page("news/2025/one").select(f"img.leadposts-{kind}-image")
        file = (build.out / "news/2025" / image["src"]).resolve()
        assert file.read_bytes() == original.read_bytes()
    site.picture("../repo/2025/s.png", "navy")
    site.picture("../repo/img/s.png", "navy")
    assert site.build().tree() == site.build(out="cold").tree()


def test_a_linked_folder_of_posts_opens_no_other(site: Site) -> None:
    secret = site.picture("../secret.png")
    site.picture("../repo/s.png")
    (site.src / "news").symlink_to(Path("../repo"))
    (site.src / "news/link.png").symlink_to(secret)
    outside = "outside the source folder"
    header = f"{outside}, and leadposts_media_dirs does not name its folder; the post"
    text = f"{outside}; nothing is made of it. Name its folder in leadposts_media_dirs"
    warns = []
    for name, picture in {
        "../news/a": "link.png",
        "../news/b": "../secret.png",
        # Not a post of that folder.
        "c": "/news/s.png",
    }.items():
        site.post(name, f"Text.\n\n![A]({picture})\n", image=picture)
        place = re.escape(f"{name.removeprefix('../news/')}.md")
        warns += [f"{place}:5: WARNING: .*{header}", f"{place}:10: WARNING: .*{text}"]
    site.build(warns=warns)


def test_a_link_to_a_folder_above_the_site_opens_nothing(site: Site) -> None:
    site.picture("../secret.png")
    (site.src / "up").symlink_to(Path("..") / "..", target_is_directory=True)
    site.configure(exclude_patterns=["up/*/src", "up/*/*/src"])
    (site.src / "../post.md").write_text(
        "---\ntitle: A\ndate: 2025-01-01\ntags: [post]\nimage: secret.png\n---\nX\n"
    )
    name = f"up/{site.root.name}/post"
    site.build(warns=[rf"{name}\.md:5: WARNING: .*outside the source folder"])


#: A file beside a post, and ways to name it in the text.
SPELLINGS = [
    ("größe.png", "größe.png"),
    ("größe.png", "gr%C3%B6%C3%9Fe.png"),
    ("größe.png", "../posts/größe.png"),
    ("my pic.png", "<my pic.png>"),
    ("my pic.png", "my%20pic.png"),
    ("x.png", "x.png?v=2"),
    ("x.png", "./x.png#left"),
    ("50%20x.png", "50%2520x.png"),
    # As the file itself is called, although that could be encoded.
    ("a%20b.png", "a%20b.png"),
]


@pytest.mark.parametrize(("name", "spelling"), SPELLINGS)
def test_a_picture_beside_a_post_is_found_however_it_is_spelled(
    site: Site, name: str, spelling: str
) -> None:
    original = site.picture(f"posts/{name}", "red", (80, 40))
    site.picture("posts/other.png")
    site.post("in_text", f"Text.\n\n![A]({spelling})\n", image="other.png")
    site.post("first", f"![A]({spelling})\n\nText.\n", image="1")
    site.post("twice", f"![A]({spelling})\n\nText.\n", image="copy.png")
    (site.src / "posts/copy.png").write_bytes(original.read_bytes())
    build = site.build()
    (image,) = build.page("posts/in_text").select("img.leadposts-body-image")
    file = (build.out / "posts" / unquote(image["src"])).resolve()
    assert file.read_bytes() == original.read_bytes()
    for docname in ("posts/first", "posts/twice"):
        (image,) = build.page(docname).select(".body img")
        assert "leadposts-header-image" in image["class"]
        assert image["alt"] == "A"


def test_a_picture_in_the_text_that_comes_late_or_changes_is_seen(site: Site) -> None:
    site.picture("posts/größe.png", "red")
    body = "Text.\n\n![A](größe.png)\n\n![B](neu%20da.png?v=1)\n"
    site.post("one", body)
    late = [r"one\.md:\d+: WARNING: image file not readable: posts/neu%20da\.png"]
    site.build(warns=late)
    site.picture("posts/größe.png", "navy", (90, 50))
    site.picture("posts/neu da.png", "green")
    build = site.build()
    assert len(build.page("posts/one").select("img.leadposts-body-image")) == 2
    assert build.tree() == site.build(out="cold").tree()
    (site.src / "posts/größe.png").unlink()
    gone = [r"one\.md:\d+: WARNING: image file not readable: posts/gr%C3%B6%C3%9Fe"]
    build = site.build(warns=gone)
    assert build.tree() == site.build(out="cold", warns=gone).tree()


def test_a_file_that_is_no_picture_is_named(site: Site) -> None:
    site.write("media/x.png", "no picture")
    site.post("one", image="/media/x.png")
    site.build(warns=[r"one\.md:5: WARNING: .*cannot be read.*\[leadposts\.image\]"])


def test_a_remote_picture_is_linked_and_not_fetched(site: Site) -> None:
    url = "https://cdn.example.org/x.png"
    site.post("one", f"![Seen]({url})\n\nText.\n", image=url)
    page = site.build().page("posts/one")
    (image,) = page.select(".body img")
    assert image["src"] == url
    assert image["alt"] == "Seen"


def test_an_svg_is_measured_by_its_own_words(site: Site) -> None:
    site.write(
        "x.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"></svg>',
    )
    site.post("one", image="/x.svg")
    image = site.build().page("posts/one").select_one(".leadposts-header img")
    assert (image["width"], image["height"]) == ("30", "20")


def test_a_picture_lying_on_its_side_is_measured_upright(site: Site) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(site.src / "x.jpg", exif=exif)
    site.post("one", image="/x.jpg")
    image = site.build().page("posts/one").select_one(".leadposts-header img")
    assert (image["width"], image["height"]) == ("20", "40")


def test_a_swapped_picture_leaves_no_old_file(site: Site) -> None:
    site.picture("x.png", "red")
    site.post("one", image="/x.png")
    site.build()
    site.picture("x.png", "blue", size=(30, 30))
    build = site.build()
    assert len(list((build.out / "_images").iterdir())) == 1
    image = build.page("blog/index").select_one("img.leadposts-card-image")
    assert (build.out / "blog" / image["src"]).resolve().is_file()
    assert image["width"] == "30"
