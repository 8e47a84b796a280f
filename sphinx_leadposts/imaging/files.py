"""Files of a store: written whole or not at all, checked, and swept away."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

_DAY_S: Final = 24 * 60 * 60
#: Only what has such a name, in a folder of its first two letters, is swept away: the
#: folder of a store may be one that a user had before.
_FILE: Final = re.compile(r"\.?([0-9a-f]{40})(\.[a-z0-9]+)*")
_FOLDER: Final = re.compile(r"[0-9a-f]{2}")


def write_file(path: Path, content: bytes) -> int:
    """Write a file so that nobody ever sees half of it; return its time in ns.

    It is not forced to the disk, which would cost more than the rendering; what a
    power cut leaves is found out by its size.

    :raises OSError: where it cannot be written; nothing is left behind then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
        mtime_ns = draft.stat().st_mtime_ns
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return mtime_ns


def check_file(path: Path, *, size: int, mtime_ns: int, check: str) -> int:
    """Return the time in ns of a file that is as it was written, 0 for any other.

    With size and time as they were, it is not read.
    """
    try:
        status = path.stat()
        if status.st_size != size:
            return 0
        if status.st_mtime_ns == mtime_ns or hash_content(path.read_bytes()) == check:
            return status.st_mtime_ns
    except OSError:
        pass
    return 0


def hash_content(content: bytes) -> str:
    """Return a hash that tells whole content from damaged."""
    return hashlib.sha256(content).hexdigest()[:16]


def sweep_folder(folder: Path, *, keys: Container[str], now: float) -> None:
    """Remove the files of no key that are older than a day.

    Younger ones may be of another build, which has not said so yet.

    :param now: in seconds since 1970
    :raises OSError: where a file cannot be removed.
    """
    for part in folder.iterdir():
        if not (_FOLDER.fullmatch(part.name) and part.is_dir()):
            continue
        for path in part.iterdir():
            found = _FILE.fullmatch(path.name)
            if not found or (found[1] in keys and not path.name.startswith(".")):
                continue
            if now - path.stat().st_mtime > _DAY_S:
                path.unlink(missing_ok=True)
