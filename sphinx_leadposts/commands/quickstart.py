"""The quickstart: write a small blog, build it, and say what to do next.

The texts of the blog lie in `starter/`, its pictures are drawn.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from importlib.resources import files
from importlib.util import find_spec
from string import Template
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.commands.pictures import PICTURES, draw_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path


#: A theme that must stand among the extensions as well, and would fetch its fonts.
_IMMATERIAL: Final = "sphinx_immaterial"


class QuickstartError(Exception):
    """What keeps the blog from being written, told in words for the user.

    :param exit_code: the exit code of the command.
    """

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def choose_theme() -> str:
    """Name the theme of a new blog: furo where it is installed, else Sphinx's own."""
    return "furo" if find_spec("furo") else "alabaster"


def run_quickstart(folder: Path, *, theme: str, build: bool) -> int:
    """Write the blog into a new or empty folder, and build it if so wished.

    :return: 0, or the exit code of a build that failed.
    :raises QuickstartError: when the folder is in use, or a file cannot be written.
    """
    refuse_used_folder(folder)
    write_blog(folder, theme=theme)
    output = folder / "_build" / "html"
    if build:
        code = _build_blog(folder, output)
        if code:
            print(
                f"\nsphinx-leadposts: the blog stands in {folder}, but Sphinx could"
                f" not build it (exit code {code}); what it says above tells why.",
                file=sys.stderr,
            )
            return code
    print(_describe_next_steps(folder, output, built=build))
    return 0


def refuse_used_folder(folder: Path) -> None:
    """Make sure that the folder holds nothing that could be overwritten.

    :raises QuickstartError: when it is no folder, or not an empty one.
    """
    try:
        used = any(folder.iterdir())
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise QuickstartError(f"{folder} is not a folder", 2) from error
    except OSError as error:
        raise QuickstartError(f"cannot read {folder}: {error.strerror}", 2) from error
    if used:
        raise QuickstartError(
            f"{folder} is not empty, and nothing was written there; name a new folder",
            2,
        )


def write_blog(folder: Path, *, theme: str) -> None:
    """Write every file of the blog; missing folders are created.

    :raises QuickstartError: with the path of the first file that cannot be written.
    """
    starter = files("sphinx_leadposts.commands") / "starter"
    for name, text in _read_texts(starter):
        if name == "conf.py.txt":
            _write_file(folder / "conf.py", _fill_conf(text, theme).encode())
        else:
            _write_file(folder / name, text.encode())
    for name in PICTURES:
        _write_file(folder / "media" / name, draw_picture(name))


def _fill_conf(text: str, theme: str) -> str:
    """Return the text of ``conf.py`` for a theme."""
    # A JSON string is a Python string too, whatever the name holds.
    name, more, options = json.dumps(theme), "", ""
    if theme == _IMMATERIAL:
        more = f", {name}"
        options = 'html_theme_options = {"font": False}  # fetch none from elsewhere\n'
    return Template(text).substitute(theme=name, more=more, options=options)


def _read_texts(place: Traversable, inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and text of every starter file, with plain line ends."""
    for entry in sorted(place.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _read_texts(entry, f"{inside}{entry.name}/")
        elif entry.name.endswith((".md", ".svg", ".txt")):
            yield inside + entry.name, entry.read_text(encoding="utf-8")


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise QuickstartError(f"cannot write {path}: {reason}", 1) from error


def _build_blog(folder: Path, output: Path) -> int:
    """Build the blog in a process of its own, as the user will do it from now on.

    :return: the exit code of Sphinx, whose own progress is shown.
    """
    sys.stdout.flush()  # so that a redirected output keeps its order
    # A full path never begins with a hyphen, which would make an option of it.
    places = [str(folder.resolve()), str(output.resolve())]
    command = [sys.executable, "-m", "sphinx", "-b", "html", *places]
    done = subprocess.run(command, check=False)  # noqa: S603 - no shell, own words
    return done.returncode


def _describe_next_steps(folder: Path, output: Path, *, built: bool) -> str:
    """Tell where the blog is, and the commands to go on with."""
    build = _quote("python", "-m", "sphinx", str(folder), str(output))
    serve = _quote("python", "-m", "http.server", "-d", str(output))
    found = f"Open it:      {output / 'index.html'}\n" if built else ""
    again = "Build again:" if built else "Build it:   "
    return (
        f"\nYour blog is in {folder}\n\n"
        f"{found}"
        f"Write:        {folder / 'posts'} (each Markdown file is a post)\n"
        f"{again}  {build}\n"
        f"Look at it:   {serve}\n"
        "              and open http://localhost:8000"
    )


def _quote(*words: str) -> str:
    """Join the words to a command line, as the shell of this system wants it."""
    if sys.platform == "win32":
        return subprocess.list2cmdline(words)
    return shlex.join(words)
