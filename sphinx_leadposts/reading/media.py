"""Where a picture lies that a post names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Sequence

_URL_STARTS = ("http://", "https://", "//", "data:")
#: So many characters of what no file can be called are said.
_MOST_SHOWN: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRoots:
    """The folders in which a picture may lie, all absolute.

    ``source`` is the source folder; ``others`` are looked into after it, in order.
    In what is ``reached`` nothing is looked up, but paths may lead there.
    """

    source: Path
    others: Sequence[Path] = ()
    reached: Sequence[Path] = ()


class PictureNotFoundError(LookupError):
    """No such picture; the message says what was looked for, and where."""


def is_url(spelling: str) -> bool:
    """Tell whether ``spelling`` names a picture elsewhere, which is never fetched."""
    return spelling.lower().startswith(_URL_STARTS)


def find_picture(spelling: str, folder: Path, roots: MediaRoots) -> Path:
    """Return the file that ``spelling`` names in a document that lies in ``folder``.

    A path that begins with a slash is looked up below each root, another one
    relative to ``folder``. Nothing outside the roots is ever returned, links followed.

    :raises PictureNotFoundError: where there is no such file, or it lies outside.
    """
    path = PurePosixPath(
        unquote(spelling.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0])
    )
    allowed = [roots.source, *roots.others]
    if path.is_absolute():
        candidates = [root.joinpath(*path.parts[1:]) for root in allowed]
    else:
        candidates = [folder.joinpath(*path.parts)]
    try:
        return _choose_file(spelling, candidates, roots)
    # A name that no file can have: too long, with a null byte, or, up to Python 3.12, a
    # link that leads to itself.
    except (OSError, ValueError, RuntimeError) as error:
        message = f"there is no picture {spelling[:_MOST_SHOWN]!r}"
        raise PictureNotFoundError(message) from error


def _choose_file(spelling: str, candidates: Sequence[Path], roots: MediaRoots) -> Path:
    resolved = [candidate.resolve() for candidate in candidates]
    inside = [file for file in resolved if is_inside(file, roots)]
    for file in inside:
        if file.is_file():
            return file
    if any(file.exists() for file in inside):
        message = f"{spelling!r} is no file that holds a picture"
        raise PictureNotFoundError(message)
    if not inside or any(file.exists() for file in resolved):
        message = (
            f"the picture {spelling!r} lies outside the source folder, and "
            "leadposts_media_dirs does not name its folder"
        )
        raise PictureNotFoundError(message)
    message = f"there is no picture {spelling!r}"
    raise PictureNotFoundError(message)


def is_inside(file: Path, roots: MediaRoots) -> bool:
    """Tell whether ``file``, links followed, lies in one of the folders."""
    folders = (roots.source, *roots.others, *roots.reached)
    return any(file.is_relative_to(folder.resolve()) for folder in folders)
