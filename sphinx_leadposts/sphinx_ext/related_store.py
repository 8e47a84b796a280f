"""Related posts between builds: what each post is about, and what follows from it.

Both lie in files beside the doctrees, for the environment is loaded by every build, and
only a build that writes pages of posts needs them. The relations lie in a file that is
named after all that they follow from, so they are never of another state.
"""

from __future__ import annotations

import hashlib
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from sphinx_leadposts import __version__
from sphinx_leadposts.sphinx_ext.cache import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

#: Raised whenever terms or relations are made in another way.
_FORMAT: Final = 3

#: For each post those that it leads to: docname, score, and the name of the reason. A
#: record for each would take most of the time of loading them.
Relations = dict[str, list[tuple[str, int, str]]]


class RelatedStore:
    """The files of one site.

    :param folder: where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._terms_file = folder / "terms.pickle"

    @staticmethod
    def name_state(facts: Iterable[object], count: int) -> str:
        """Return the name of the state from which relations follow.

        :param facts: what is known of each post, in an order of their own.
        :param count: how many posts a post leads to.
        """
        digest = hashlib.sha256(f"{_FORMAT} {__version__} {count}".encode())
        for fact in facts:
            digest.update(repr(fact).encode())
        return digest.hexdigest()[:32]

    def has(self, state: str) -> bool:
        """Tell whether the relations of ``state`` are known, and unharmed."""
        return _read(self._locate(state)) is not None

    def load(self, state: str) -> Relations:
        """Return the relations of ``state``, none where they are not known."""
        return _load(self._locate(state))

    def save(self, state: str, relations: Relations) -> None:
        """Keep the relations of ``state``, and no others."""
        _save(self._locate(state), relations)
        for path in self._folder.glob("related-*.pickle"):
            if path != self._locate(state):
                path.unlink(missing_ok=True)

    def load_terms(self) -> dict[str, bytes]:
        """Return the packed terms of posts by docname, as far as they are known."""
        return _load(self._terms_file)

    def save_terms(self, terms: Mapping[str, bytes]) -> None:
        """Keep the packed terms of posts."""
        _save(self._terms_file, dict(terms))

    def _locate(self, state: str) -> Path:
        return self._folder / f"related-{state}.pickle"


def digest_terms(packed: bytes) -> bytes:
    """Return a short digest of packed terms, by which the right ones are known."""
    return hashlib.sha256(packed).digest()[:8]


def gather_terms(
    docnames: Iterable[str],
    digests: Mapping[str, bytes],
    known: Mapping[str, bytes],
    read: Callable[[str], bytes],
) -> dict[str, bytes]:
    """Return the packed terms of ``docnames``.

    :param digests: the digests of the right ones.
    :param known: what was kept; of a build that was cut off it may be too old.
    :param read: reads the terms of a document that are missing.
    """
    found = {}
    for docname in docnames:
        packed = known.get(docname)
        if packed is None or digest_terms(packed) != digests.get(docname):
            packed = read(docname)
        found[docname] = packed
    return found


def _load(path: Path) -> dict[str, Any]:
    # A file that was damaged, or is of another version, is as good as none.
    with suppress(Exception):
        form, content = pickle.loads(_read(path) or b"")  # noqa: S301 - our own file
        if form == (_FORMAT, __version__):
            return dict(content)
    return {}


def _read(path: Path) -> bytes | None:
    """Return what was saved, ``None`` where it is not there or was damaged."""
    with suppress(OSError):
        digest, content = _cut(path.read_bytes())
        if digest == _digest(content):
            return content
    return None


def _save(path: Path, content: object) -> None:
    packed = pickle.dumps(((_FORMAT, __version__), content), 5)
    write_whole(path, _digest(packed) + packed)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _cut(whole: bytes) -> tuple[bytes, bytes]:
    size = hashlib.sha256().digest_size
    return whole[:size], whole[size:]
