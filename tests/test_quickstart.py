"""The quickstart, from the outside: its files, its refusals, and the site it builds."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from bs4 import BeautifulSoup
from PIL import Image

from sphinx_leadposts.commands import main, quickstart
from sphinx_leadposts.commands.pictures import draw_picture

if TYPE_CHECKING:
    from pathlib import Path

POSTS = {
    "a-slow-loop-around-the-lake",
    "lights-are-for-being-noticed",
    "one-small-bag-for-a-long-day",
    "salt-slush-and-a-soft-cloth",
    "the-quiet-way-to-work",
    "your-chain-is-telling-you-something",
}
PICTURES = {"frost", "hills", "lake", "lights", "river", "wheels"}
THEMES = (
    *("alabaster", "furo", "pydata_sphinx_theme", "shibuya", "sphinx_book_theme"),
    *("sphinx_immaterial", "sphinx_rtd_theme"),
)
TAGS = {"care", "commuting", "touring", "winter"}


def write(folder: Path, *options: str) -> None:
    assert main(["quickstart", str(folder), "--no-build", *options]) == 0


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def read_front_matter(text: str) -> dict[str, Any]:
    _, block, _ = text.split("---\n", 2)
    front_matter = yaml.safe_load(block)
    assert isinstance(front_matter, dict)
    return front_matter


def run_command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        timeout=240,
        check=False,
    )


#: To draw a picture takes as long as the rest of a quickstart.
draw_once = functools.cache(draw_picture)


@pytest.fixture(autouse=True)
def _draw_each_picture_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quickstart, "draw_picture", draw_once)


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quickstart") / "not yet" / "there"
    write(folder, "--theme", "alabaster")
    return folder


@pytest.fixture(scope="module")
def files(blog: Path) -> dict[str, bytes]:
    return read_tree(blog)


def test_writes_every_file_of_the_blog_and_nothing_else(
    files: dict[str, bytes],
) -> None:
    assert set(files) == {
        "conf.py",
        "icon.svg",
        "index.md",
        "guides/riding-through-winter.md",
        "guides/ten-minute-check.md",
        *(f"posts/{name}.md" for name in POSTS),
        *(f"media/{name}.jpg" for name in PICTURES),
    }


def test_texts_are_utf8_with_plain_line_ends(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if not name.startswith("media/"):
            assert b"\r" not in content, name
            assert content.decode("utf-8").endswith("\n"), name


def test_pictures_are_small_files_and_wide(
    files: dict[str, bytes],
) -> None:
    for name in PICTURES:
        content = files[f"media/{name}.jpg"]
        assert len(content) < 100_000, name
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            assert (picture.format, picture.size) == ("JPEG", (1200, 675)), name


def test_no_two_pictures_are_the_same(files: dict[str, bytes]) -> None:
    assert len({files[f"media/{name}.jpg"] for name in PICTURES}) == len(PICTURES)


def test_a_second_run_writes_the_same_bytes(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quickstart, "draw_picture", draw_picture)
    write(tmp_path, "--theme", "alabaster")
    assert read_tree(tmp_path) == files


@pytest.mark.parametrize("name", sorted(POSTS))
def test_post_carries_the_front_matter_of_a_real_post(
    files: dict[str, bytes], name: str
) -> None:
    text = files[f"posts/{name}.md"].decode()
    post = read_front_matter(text)
    assert post["title"]
    assert date(2025, 1, 1) <= post["date"] < date(2026, 6, 1)
    assert post["image"].removeprefix("/") in files
    assert post["tags"][0] == "post"
    assert 1 <= len(set(post["tags"]) & TAGS) == len(post["tags"]) - 1 <= 2
    for guide in post.get("guides", []):
        assert f"{guide}.md" in files


@pytest.mark.parametrize("name", sorted(POSTS))
def test_post_has_sections_and_no_title_in_its_body(
    files: dict[str, bytes], name: str
) -> None:
    body = files[f"posts/{name}.md"].decode().split("---\n", 2)[2]
    assert not re.search(r"^# ", body, flags=re.MULTILINE)
    assert 2 <= len(re.findall(r"^## ", body, flags=re.MULTILINE)) <= 4
    assert 180 <= len(body.split()) <= 350
    for picture in re.findall(r"!\[.+\]\(/(.+)\)", body):
        assert picture in files


@pytest.mark.parametrize("name", ["sphinx_rtd_theme", 'it\'s "mine" \\ $x'])
def test_theme_option_names_the_theme_of_the_site(tmp_path: Path, name: str) -> None:
    write(tmp_path, "--theme", name)
    settings: dict[str, Any] = {}
    exec((tmp_path / "conf.py").read_text(encoding="utf-8"), settings)  # noqa: S102
    assert settings["html_theme"] == name
    assert settings["extensions"] == ["sphinx_leadposts"]


@pytest.mark.parametrize(("installed", "theme"), [(True, "furo"), (False, "alabaster")])
def test_default_theme_is_furo_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch, installed: bool, theme: str
) -> None:
    found = {"furo": object()} if installed else {}
    monkeypatch.setattr(quickstart, "find_spec", found.get)
    assert quickstart.choose_theme() == theme


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty")
    assert (tmp_path / "empty" / "index.md").exists()


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_folder_in_use_is_refused_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_bytes(b"mine")
    assert main(["quickstart", str(tmp_path)]) == 2
    assert read_tree(tmp_path) == {name: b"mine"}
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{tmp_path} is not empty" in said.err


def test_file_in_the_place_of_the_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "blog"
    target.write_bytes(b"mine")
    assert main(["quickstart", str(target)]) == 2
    assert target.read_bytes() == b"mine"
    assert f"{target} is not a folder" in capsys.readouterr().err


def test_file_that_cannot_be_written_is_named(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_bytes = type(tmp_path).write_bytes

    def fill_the_disk(path: Path, content: bytes) -> int:
        if path.name == "lake.jpg":
            raise OSError(28, "No space left on device")
        return write_bytes(path, content)

    monkeypatch.setattr(type(tmp_path), "write_bytes", fill_the_disk)
    assert main(["quickstart", str(tmp_path / "blog")]) == 1
    said = capsys.readouterr().err
    assert f"cannot write {tmp_path / 'blog' / 'media' / 'lake.jpg'}: No space" in said


def test_without_a_build_it_says_how_to_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "my blog")
    said = capsys.readouterr().out
    assert "python -m sphinx " in said
    assert "index.html" not in said
    assert not (tmp_path / "my blog" / "_build").exists()


def test_exit_code_of_a_failing_build_is_that_of_sphinx(tmp_path: Path) -> None:
    done = run_command(
        "sphinx_leadposts", "quickstart", "blog", "--theme", "no-such", cwd=tmp_path
    )
    assert done.returncode == 2
    assert "no-such" in done.stderr
    assert "Sphinx could not build it (exit code 2)" in done.stderr
    assert "http.server" not in done.stdout


def test_command_builds_the_site_and_says_where_it_is(tmp_path: Path) -> None:
    done = run_command(
        "sphinx_leadposts", "quickstart", "blog", "--theme", "alabaster", cwd=tmp_path
    )
    index = "/".join(["blog", "_build", "html", "index.html"])
    assert done.returncode == 0, done.stderr
    assert "build succeeded" in done.stdout
    assert index in done.stdout.replace("\\", "/")
    assert "python -m http.server -d " in done.stdout
    assert (tmp_path / index).exists()


def test_site_builds_without_a_warning(
    blog: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    done = run_command("sphinx", "-W", "-n", str(blog), "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    out = tmp_path / "out"
    for page in ("index", "blog/index", "tags/index", "guides/ten-minute-check"):
        assert (out / f"{page}.html").exists(), page
    for tag in TAGS:
        assert (out / "tags" / f"{tag}.html").exists(), tag
    for name in POSTS:
        assert (out / "posts" / f"{name}.html").exists(), name
    index = BeautifulSoup((out / "index.html").read_bytes(), "html.parser")
    assert len(index.select("article.leadposts-card")) == 3
    assert read_tree(blog) == files  # a build leaves the author's folder alone


@pytest.mark.parametrize("theme", THEMES)
def test_the_blog_builds_under_each_theme(tmp_path: Path, theme: str) -> None:
    pytest.importorskip(theme, exc_type=ImportError)
    folder = tmp_path / "blog"
    write(folder, "--theme", theme)
    done = run_command("sphinx", "-W", "-q", "blog", "html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    page = BeautifulSoup(
        (tmp_path / "html/index.html").read_text("utf-8"), "html.parser"
    )
    assert len(page.select(".leadposts-card")) == 3
    assert page.select_one('link[rel~="icon"]')["href"].endswith("icon.svg")
