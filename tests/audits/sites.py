"""The quickstart's blog, and the same texts and pictures without this extension."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.browser.picture_site import make_photo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

POST: Final = "posts/a-slow-loop-around-the-lake"
TAG: Final = "tags/touring"
#: One page of each kind, and one post for each form of further reading.
PAGES: Final = (
    *("index", "blog/index", "tags/index", TAG, POST),
    "posts/the-quiet-way-to-work",
    "guides/riding-through-winter",
)

_PLAIN_CONF: Final = """
project = "The Back Wheel"
author = project
copyright = f"%Y, {author}"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = project
myst_title_to_header = True
suppress_warnings = ["toc.not_included"]
"""
_META: Final = """---
myst:
  html_meta:
    description: A page of a community bike workshop.
"""
_DIRECTIVE: Final = re.compile(r"```\{(?!toctree)[^}]+\}.*?```\n", re.DOTALL)
_IMAGE: Final = re.compile(r"^image: (/media/\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Blogs:
    """The folders of two outputs: ``ours``, and ``plain`` of MyST and Furo alone."""

    ours: Path
    plain: Path


def build_blogs(root: Path, *, with_photo: bool = False) -> Blogs:
    """Write the quickstart's blog below ``root``, build it, and a plain one like it.

    :param with_photo: give the post a picture as a telephone takes it: 4032 by 2268
        pixels, some 1.3 MB.
    """
    blog, plain, out = root / "blog", root / "plain", root / "html"
    command = ["sphinx_leadposts", "quickstart", str(blog), "--theme", "furo"]
    ours = blog / "_build" / "html"
    if with_photo:
        _run(*command, "--no-build")
        photo = make_photo(1).resize((4032, 2268), Image.Resampling.BICUBIC)
        photo.save(blog / "media" / "lake.jpg", quality=90)
        _run("sphinx", "-W", "-q", str(blog), str(ours))
    else:
        _run(*command)
    shutil.copytree(blog, plain, ignore=shutil.ignore_patterns("_build"))
    strip_sources(plain, [path.stem for path in (ours / "tags").glob("*.html")])
    _run("sphinx", "-W", "-q", str(plain), str(out))
    return Blogs(ours, out)


def strip_sources(folder: Path, tags: Iterable[str]) -> None:
    """Change sources so that Sphinx, MyST and Furo alone can read them.

    Each post shows its picture in its text, lists are lists of links, and each page has
    a description, as a careful author would write one.
    """
    (folder / "conf.py").write_text(_PLAIN_CONF, "utf-8")
    posts = sorted((folder / "posts").glob("*.md"))
    links = "".join(f"- [](/posts/{post.name})\n" for post in posts)
    (folder / "tags").mkdir()
    (folder / "blog").mkdir()
    for name in ["blog/index", *(f"tags/{tag}" for tag in tags)]:
        (folder / f"{name}.md").write_text(f"# {name}\n\n{links}", "utf-8")
    for path in folder.rglob("*.md"):
        text = _DIRECTIVE.sub(links, path.read_text("utf-8"))
        path.write_text(_describe(_show_picture(text)), "utf-8")


def _show_picture(text: str) -> str:
    """Put the picture of a post at the head of its text, where it is not there yet."""
    image = _IMAGE.search(text)
    if image is None or f"]({image[1]})" in text:
        return text
    head, mark, body = text.removeprefix("---\n").partition("\n---\n")
    return f"---\n{head}{mark}\n![A picture]({image[1]})\n{body}"


def _describe(text: str) -> str:
    """Add a description to the front matter, which is begun where there is none."""
    if text.startswith("---\n"):
        return _META + text.removeprefix("---\n")
    return f"{_META}---\n\n{text}"


def _run(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
