"""One build, run as a user runs it, with what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sites import Site

#: ``ru_maxrss`` counts bytes on macOS and kibibytes elsewhere.
_RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


class BuildError(Exception):
    """A build failed, or warned: its figures would mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one build cost, worker processes included.

    The memory is that of the largest process. ``pages`` counts the pages written;
    ``written`` names them below the output folder, where an earlier build had left
    some, as all are in a first build.
    """

    cpu_s: float
    wall_s: float
    peak_mb: float
    pages: int
    written: tuple[str, ...] = ()


def build(site: Site, *, jobs: str, python_options: Sequence[str] = ()) -> Cost:
    """Build a site and return what that cost.

    :param python_options: stands before ``-m sphinx`` (a profiler, say)
    :raises BuildError: where the build failed or printed a warning
    """
    jobs = "1" if site.contender.serial else jobs
    command = [sys.executable, *python_options, "-m", "sphinx", "-q", "-b", "html"]
    command += ["-j", jobs, str(site.source), str(site.output)]
    before = site.list_pages()
    cpu_s, wall_s, peak_mb = _run(command, site)
    after = site.list_pages()
    written = [name for name, mtime in after.items() if before.get(name) != mtime]
    return Cost(
        cpu_s=cpu_s,
        wall_s=wall_s,
        peak_mb=peak_mb,
        pages=len(written),
        written=tuple(sorted(written)) if before else (),
    )


def _run(command: Sequence[str], site: Site) -> tuple[float, float, float]:
    """Run a command in the folder of a site; return CPU, wall and memory."""
    # A file takes any amount of output while nobody reads; a pipe would fill up.
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=site.folder,
            env=make_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        printed = log.read().decode(errors="replace").strip()
    if process.returncode or printed:
        message = (
            f"{site.contender.name}: exit code {process.returncode} "
            f"of `{' '.join(command)}`, which printed:\n{printed}"
        )
        raise BuildError(message)
    cpu_s = usage.ru_utime + usage.ru_stime
    return cpu_s, wall_s, usage.ru_maxrss * _RSS_UNIT / 1_000_000


def make_environment() -> dict[str, str]:
    """Return the environment of a build: equal hashing, no talk of deprecations.

    Modules are kept compiled, as pip keeps those that it installs: where Python may not
    write them, a package that is installed as editable is compiled anew by each build.
    """
    # Sphinx shows its own deprecations unless PYTHONWARNINGS is set; they are not
    # about the site, and whatever a build prints is taken for a warning.
    inherited = dict(os.environ)
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **inherited,
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
        "NO_COLOR": "1",
    }
