"""Where the package keeps what lasts from build to build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os


def get_cache_folder(doctreedir: str | os.PathLike[str]) -> Path:
    """Return the folder for what is kept between builds, beside the doctrees."""
    return Path(doctreedir, "leadposts")
