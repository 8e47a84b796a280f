"""Where the package keeps what lasts from build to build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os


def get_cache_folder(doctreedir: str | os.PathLike[str]) -> Path:
    """Return the folder for what is kept between builds, beside the doctrees."""
    return Path(doctreedir, "leadposts")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a build which is cut off leaves the old one, or the new.

    :raises OSError: where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = name_temporary(path)
    temporary.write_bytes(content)
    temporary.replace(path)


def name_temporary(path: Path) -> Path:
    """Return where the file at ``path`` lies while it is written."""
    return path.with_name(f"{path.name}.tmp")
