"""The pictures of made-up posts: soft gradients, as photographs compress."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from corpus import generator

if TYPE_CHECKING:
    from pathlib import Path

_SIZE: Final = (1280, 720)
_PATCHES: Final = (16, 9)


def draw_picture(path: Path, *, seed: int) -> None:
    """Write a JPEG that no other post has."""
    from PIL import Image  # noqa: PLC0415 - only ``--pictures`` needs it

    width, height = _PATCHES
    pixels = generator(seed, path.name).randbytes(width * height * 3)
    small = Image.frombytes("RGB", _PATCHES, pixels)
    content = BytesIO()
    small.resize(_SIZE, Image.Resampling.BICUBIC).save(content, "JPEG", quality=88)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.getvalue())
