"""Builds that are killed at any moment, as when the power fails.

They run in a process of their own, which ends itself by ``SIGKILL``: no handler and no
``finally`` runs, no buffer is written. The moment is told by how many files have been
opened for writing, renamed or removed below the site, so that it is the same each time.
"""

from __future__ import annotations

import enum
import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.sharedctypes import Synchronized
    from pathlib import Path

    from sphinx.application import Sphinx

#: Longer than any build of the site.
_PATIENCE_S: Final = 300
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
#: It has none of our threads, and what takes long to import is there already.
_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        *("tests.law.house", "sphinx_leadposts.extension", "myst_parser.sphinx_ext"),
        *("sphinx_leadposts.reading.schema", "sphinx.builders.dirhtml", "PIL.Image"),
        *("myst_parser.parsers.sphinx_", "sphinx_design", "alabaster"),
    ]
)


class Phase(enum.IntEnum):
    """What a process was at when it ended."""

    STARTING = 0
    READING = 1
    WRITING = 2
    PUBLISHING = 3
    FINISHED = 4


class Watch:
    """Tells the outer process what this one is at."""

    phase: Synchronized[int] | None = None

    @classmethod
    def tell(cls, phase: Phase) -> None:
        """Tell that ``phase`` has begun."""
        if cls.phase is not None:
            cls.phase.value = phase

    @classmethod
    def install(cls, app: Sphinx) -> None:
        """Have the phases of ``app`` told."""
        app.connect("env-before-read-docs", lambda *_: cls.tell(Phase.READING))
        app.connect("write-started", lambda *_: cls.tell(Phase.WRITING))
        # Before what is connected without a priority.
        app.connect("build-finished", lambda *_: cls.tell(Phase.PUBLISHING), priority=0)

    @classmethod
    def has_reached(cls, phase: Phase) -> bool:
        """Tell whether ``phase`` has begun."""
        return cls.phase is not None and cls.phase.value >= phase


class _Trigger:
    """An audit hook that ends the process.

    :param root: below which files count.
    :param files: how many are touched before; of every second number the last is left
        empty, as between its opening and its first byte.
    :param since: the phase from which on they count.
    """

    def __init__(self, root: Path, files: int, since: Phase) -> None:
        self._root = os.path.join(root, "")  # noqa: PTH118 - with its slash
        self._since = since
        self._left, self._is_left_empty = divmod(files, 2)

    def notice(self, event: str, args: tuple[Any, ...]) -> None:
        """Count the event, if it touches a file."""
        path = self._find_touched(event, args)
        if path is None or not path.startswith(self._root):
            return
        if not Watch.has_reached(self._since):
            return
        self._left -= 1
        if self._left < 0:
            if self._is_left_empty and event == "open":
                _empty(path)
            os.kill(os.getpid(), signal.SIGKILL)

    def _find_touched(self, event: str, args: tuple[Any, ...]) -> str | None:
        if event in {"os.rename", "os.remove"}:
            return os.fspath(args[0])
        if event == "open" and isinstance(args[0], str | os.PathLike):
            return os.fspath(args[0]) if args[2] & _WRITING else None
        return None


def _empty(path: str) -> None:
    # Neither is an event that the trigger notices.
    try:
        os.truncate(path, 0)
    except FileNotFoundError:
        os.mknod(path)


def build_and_kill(
    build: Callable[[], object],
    root: Path,
    files: int,
    *,
    since: Phase = Phase.STARTING,
) -> Phase:
    """Run ``build``, and kill it when it has touched so many files, two by two.

    :param build: what can be pickled.
    :param root: the folder of the site.
    :param since: the phase from which on files are counted.
    :return: what the build was at; it may have come to its end before.
    """
    phase = _CONTEXT.Value("i", Phase.STARTING)
    process = _CONTEXT.Process(target=_run, args=(build, root, files, since, phase))
    process.start()
    process.join(_PATIENCE_S)
    if process.exitcode is None:
        process.kill()
    if process.exitcode not in {0, -signal.SIGKILL}:
        message = f"a build to be killed ended by itself, with {process.exitcode}"
        raise RuntimeError(message)
    return Phase(phase.value)


def _run(
    build: Callable[[], object],
    root: Path,
    files: int,
    since: Phase,
    phase: Synchronized[int],
) -> None:
    Watch.phase = phase
    sys.addaudithook(_Trigger(root, files, since).notice)
    build()
    Watch.tell(Phase.FINISHED)
