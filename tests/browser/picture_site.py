"""A site of photographs and pictures of odd shapes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from tests.site import Site

if TYPE_CHECKING:
    from pathlib import Path

#: As many as a page of a tag shows.
PHOTOS: Final = 12
#: Pictures that somebody has made small already: 1000 pixels, WebP.
SAVED: Final = 5
WORDS: Final = "What is seen on the way up depends on the hour of the day. " * 6 + "\n"

#: Name and size of pictures that do not fit into the frame of a card.
ODD: Final = {
    "portrait": (900, 1600),
    "panorama": (2400, 500),
    "square": (900, 900),
    "icon": (48, 48),
    "usual": (1600, 900),
}
RED, GREEN, BLUE = (210, 40, 40), (40, 160, 60), (40, 60, 210)

BODY: Final = f"""{WORDS}
![A view](/media/photo-1.jpg)

{WORDS}
```{{image}} /media/photo-2.jpg
:width: 50%
:alt: Half as wide
```

{WORDS}
```{{image}} /media/photo-3.jpg
:width: 300px
:alt: Of a width of its own
```

{WORDS}
```{{image}} /media/photo-4.jpg
:height: 200px
:alt: Of a height of its own
```

{WORDS}
```{{figure}} /media/photo-5.jpg
:scale: 20

A figure that is scaled.
```

{WORDS}
![An icon](/media/icon.png) stands in a line.
"""

LISTS: Final = """# Home

```{post-list}
:tags: photo
```

```{post-card} posts/photo-7
```

```{post-list}
:tags: photo
:columns: 2
:gutter: 5
```

```{post-list}
:tags: photo
:columns: 1 1 2 4
:gutter: 1
```
"""


def make_photo(number: int) -> Image.Image:
    """Return a picture of 1080p with detail of every size and some grain."""
    size = (1920, 1080)
    layers = []
    for scale, sigma in ((160, 130), (40, 90), (8, 60), (1, 24)):
        small = (size[0] // scale, size[1] // scale)
        noise = Image.effect_noise(small, sigma)
        layers.append(noise.resize(size, Image.Resampling.BICUBIC))
    image = layers[0]
    for share, layer in zip((0.45, 0.3, 0.12), layers[1:], strict=True):
        image = Image.blend(image, layer, share)
    hue = Image.new("HSV", size, (number * 256 // PHOTOS, 110, 0)).split()
    return Image.merge("HSV", (*hue[:2], image)).convert("RGB")


def draw_thirds(size: tuple[int, int]) -> Image.Image:
    """Return a picture in three stripes along its longer side: red, green and blue."""
    width, height = size
    image = Image.new("RGB", size, GREEN)
    pen = ImageDraw.Draw(image)
    step = (width // 3, height) if width > height else (width, height // 3)
    pen.rectangle((0, 0, step[0] - 1, step[1] - 1), fill=RED)
    end = (width - step[0], 0) if width > height else (0, height - step[1])
    pen.rectangle((*end, width - 1, height - 1), fill=BLUE)
    return image


def write_picture_site(root: Path, theme: str) -> Site:
    """Write a site with a tag of photographs and a tag of odd shapes."""
    site = Site(
        root / theme,
        {
            "html_theme": theme,
            # Of itself, the PyData theme finds out after it has painted the page.
            "html_context": {"default_mode": "light"},
            "leadposts_cache_dir": str(root / "cache"),
            "leadposts_cover": "",
            "leadposts_tags": {"photo": {}, "saved": {}, "odd": {}},
        },
    )
    media = site.src / "media"
    media.mkdir()
    for number in range(PHOTOS):
        path = root / f"photo-{number}.jpg"
        if not path.exists():
            make_photo(number).save(path, quality=90)
        shutil.copy(path, media)
        site.post(
            path.stem,
            BODY if number == 0 else WORDS,
            title=f"Walk {number} {'that went on and on ' * (number % 3)}",
            date=f"2025-05-{28 - number}",
            tags="[post, photo]",
            image=f"/media/{path.name}",
        )
    for number in range(SAVED):
        image = make_photo(number).resize((1000, 563))  # comes to some 60 kB each
        image.save(media / f"saved-{number}.webp", quality=85)
        site.post(
            f"saved-{number}",
            date=f"2024-05-{28 - number}",
            tags="[post, saved]",
            image=f"/media/saved-{number}.webp",
        )
    for number, (name, size) in enumerate(ODD.items()):
        draw_thirds(size).save(media / f"{name}.png")
        _write_odd(site, name, number, image=f"/media/{name}.png")
    _write_odd(site, "none", len(ODD))
    for number, (name, focus) in enumerate(
        {"portrait": "50% 0%", "panorama": "100% 50%"}.items()
    ):
        image = f"{{path: /media/{name}.png, focus: {focus}}}"
        _write_odd(site, f"{name}-focus", 8 + number, image=image)
    site.write("index.md", LISTS)
    return site


def _write_odd(site: Site, name: str, number: int, **keys: object) -> None:
    date = f"2025-04-{28 - number}"
    site.post(name, WORDS, title=name, date=date, tags="[post, odd]", **keys)
