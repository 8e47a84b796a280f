"""What pages show of pictures: the files they name, found and opened."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PIL import Image

from tests.picture_files import encode, make_photo

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.site import Build, Site


@functools.cache
def encode_photo(
    size: tuple[int, int] = (1000, 700), form: str = "JPEG", quality: int = 92
) -> bytes:
    """Return a photograph, always the same one for the same size."""
    return encode(make_photo(size), form, quality=quality)


def put(site: Site, name: str, content: bytes) -> Path:
    """Write a picture below the source folder."""
    path = site.src / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An image of a page, with each file that it may be loaded from.

    ``files`` are width and path of the files of each type, in order; the type of
    those that stand on the ``img`` is empty, and they are left out where they are but
    the original. ``sizes`` say how wide it is shown.
    """

    img: Tag
    src: Path
    files: dict[str, list[tuple[int, Path]]]
    sizes: str

    @property
    def paths(self) -> set[Path]:
        return {self.src, *(path for row in self.files.values() for _, path in row)}


def find_shown(build: Build, docname: str, selector: str) -> list[Shown]:
    """Return the images that ``selector`` finds; each file they name must exist."""
    page = build.page(docname)
    folder = (build.out / docname).parent
    found = []
    for img in page.select(selector):
        files = {}
        parent = img.parent
        if parent.name == "picture":
            for source in parent.select("source"):
                assert source["sizes"] == img["sizes"]
                files[source["type"]] = read_srcset(source["srcset"], folder)
        src, sizes = locate(img["src"], folder), img.get("sizes", "")
        own = read_srcset(img["srcset"], folder) if img.get("srcset") else []
        # A source without an image that has sizes, too, may not say "auto".
        assert bool(own) == bool(sizes) >= bool(files)
        if len(own) > 1 or (own and own[0][1] != src):
            files[""] = own
        shown = Shown(img=img, src=src, files=files, sizes=sizes)
        assert all(path.is_file() for path in shown.paths), shown.paths
        found.append(shown)
    return found


def read_srcset(text: str, folder: Path) -> list[tuple[int, Path]]:
    """Return width and path of each candidate, as a browser reads them."""
    found = []
    for candidate in text.split(", "):
        url, descriptor = candidate.split()
        assert descriptor.endswith("w")
        found.append((int(descriptor[:-1]), locate(url, folder)))
    return found


def locate(url: str, folder: Path) -> Path:
    assert "://" not in url
    return (folder / unquote(url)).resolve()


def measure(path: Path) -> tuple[int, int]:
    """Return the size of a picture as it is seen."""
    with Image.open(path) as image:
        size = image.size
        if image.getexif().get(0x0112, 1) in {5, 6, 7, 8}:
            return size[1], size[0]
        return size


def load(path: Path) -> Image.Image:
    """Return the pixels of a picture file."""
    image = Image.open(io.BytesIO(path.read_bytes()))
    image.load()
    return image
