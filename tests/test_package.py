"""What is published: the two archives, what is in them, and each of them installed.

The archives are made of this folder as it is. To make and to install them takes the
network; a build that cannot be made for want of a tool is skipped.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from email import message_from_bytes, policy
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from bs4 import BeautifulSoup

import sphinx_leadposts

if TYPE_CHECKING:
    from email.message import EmailMessage

pytestmark = pytest.mark.package

ROOT: Final = Path(__file__).parents[1]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSION: Final = sphinx_leadposts.__version__
STEM: Final = f"sphinx_leadposts-{VERSION}"
WHEEL: Final = f"{STEM}-py3-none-any.whl"
SDIST: Final = f"{STEM}.tar.gz"
#: Folders that tools leave behind, and what they write into ours.
LEFT_BEHIND: Final = {"_build", "__pycache__"}

#: What the wheel holds of each kind, at least, besides modules.
KINDS: Final = {
    r"sphinx_leadposts/py\.typed": 1,
    r"sphinx_leadposts/static/leadposts\.css": 1,
    r"sphinx_leadposts/templates/leadposts/[\w-]+\.html": 15,
    r"sphinx_leadposts/schemas/[\w-]+\.schema\.json": 6,
    r"sphinx_leadposts/commands/starter/conf\.py\.txt": 1,
    r"sphinx_leadposts/commands/starter/posts/[\w-]+\.md": 6,
    r"sphinx_leadposts/commands/starter/guides/[\w-]+\.md": 2,
}


def run(*words: object, cwd: Path) -> str:
    """Run a program that knows nothing of this checkout, and return what it says."""
    # A test runner may have put the checkout on the path of its children.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**environment, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def build(source: Path, folder: Path, *options: str) -> None:
    """Make archives of ``source``, without the network where hatchling is at hand."""
    if find_spec("build") is None:
        pytest.skip("build is missing: install it with 'pip install build'")
    alone = ["--no-isolation"] if find_spec("hatchling") else []
    words = ["-m", "build", *alone, *options, "--outdir", folder, source]
    run(sys.executable, *words, cwd=folder)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with both archives, each made of the checkout."""
    folder = tmp_path_factory.mktemp("archives")
    build(ROOT, folder, "--sdist", "--wheel")
    assert sorted(path.name for path in folder.iterdir()) == sorted([WHEEL, SDIST])
    return folder


@pytest.fixture(scope="module")
def wheel(archives: Path) -> dict[str, bytes]:
    """Return the files of the wheel."""
    return read_wheel(archives / WHEEL)


@pytest.fixture(scope="module")
def sdist(archives: Path) -> dict[str, bytes]:
    """Return the files of the source archive, named from its one folder on."""
    with tarfile.open(archives / SDIST) as archive:
        members = [member for member in archive if not member.isdir()]
        assert all(member.isfile() for member in members)
        files = {member.name: read_member(archive, member) for member in members}
    assert all(name.startswith(f"{STEM}/") for name in files)
    return {name.removeprefix(f"{STEM}/"): content for name, content in files.items()}


@pytest.fixture(scope="module")
def metadata(wheel: dict[str, bytes]) -> EmailMessage:
    """Return what the wheel says of itself."""
    text = wheel[f"{STEM}.dist-info/METADATA"]
    return message_from_bytes(text, policy=policy.default.clone(utf8=True))


def read_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    assert stream is not None
    return stream.read()


def read_wheel(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def list_files(*names: str) -> dict[str, bytes]:
    """Return the files of the checkout below ``names``, without what tools left."""
    found = {}
    for name in names:
        place = ROOT / name
        for path in [place] if place.is_file() else place.rglob("*"):
            inside = path.relative_to(ROOT)
            hidden = any(part.startswith(".") for part in inside.parts)
            if path.is_file() and not hidden and not LEFT_BEHIND & {*inside.parts}:
                found[inside.as_posix()] = path.read_bytes()
    return found


def find_other(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names that only one has, or that are not the same in both."""
    names = sorted(one.keys() | other.keys())
    return [name for name in names if one.get(name) != other.get(name)]


def test_a_file_that_is_missing_or_different_would_be_seen() -> None:
    assert find_other({"a": b"1", "b": b"2"}, {"a": b"1", "b": b"2"}) == []
    assert find_other({"a": b"1", "b": b"2"}, {"b": b"3", "c": b""}) == ["a", "b", "c"]


def test_the_wheel_holds_the_package_and_nothing_else(wheel: dict[str, bytes]) -> None:
    about = {name for name in wheel if name.startswith(f"{STEM}.dist-info/")}
    files = {name: wheel[name] for name in wheel.keys() - about}
    assert find_other(files, list_files("sphinx_leadposts")) == []
    assert {name.partition("/")[2] for name in about} == {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"),
    }


@pytest.mark.parametrize("pattern", KINDS)
def test_the_wheel_holds_files_of_every_kind(
    wheel: dict[str, bytes], pattern: str
) -> None:
    found = [name for name in wheel if re.fullmatch(pattern, name)]
    assert len(found) >= KINDS[pattern]


def test_the_source_archive_holds_all_that_it_takes_to_test_and_to_measure(
    sdist: dict[str, bytes],
) -> None:
    made = {name: sdist[name] for name in ("PKG-INFO", ".gitignore")}
    files = {name: sdist[name] for name in sdist.keys() - made.keys()}
    folders = ["sphinx_leadposts", "tests", "docs", "benchmarks"]
    alone = ["README.md", "LICENSE", "pyproject.toml", "tox.ini"]
    assert find_other(files, list_files(*folders, *alone)) == []
    for name in [*alone, *(f"{folder}/" for folder in folders)]:
        assert any(file.startswith(name) for file in files), name


def test_the_wheel_made_of_the_source_archive_is_the_same(
    archives: Path, wheel: dict[str, bytes], tmp_path: Path
) -> None:
    with tarfile.open(archives / SDIST) as archive:
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / "dist"
    folder.mkdir()
    build(tmp_path / STEM, folder, "--wheel")
    assert find_other(wheel, read_wheel(folder / WHEEL)) == []


def test_the_metadata_say_what_the_project_says(metadata: EmailMessage) -> None:
    said = {
        key: metadata[key] for key in ("Name", "Version", "Summary", "Requires-Python")
    }
    assert said == {
        "Name": PROJECT["name"],
        "Version": VERSION,
        "Summary": PROJECT["description"],
        "Requires-Python": PROJECT["requires-python"],
    }
    assert metadata["License-Expression"] == PROJECT["license"] == "MIT"
    assert metadata.get_all("License-File") == ["LICENSE"]
    needed = metadata.get_all("Requires-Dist")
    assert len([line for line in needed if "extra ==" not in line]) == len(
        PROJECT["dependencies"]
    )
    assert set(metadata.get_all("Provides-Extra")) == {
        *PROJECT["optional-dependencies"]
    }


def test_the_oldest_python_that_is_named_is_the_oldest_that_is_taken() -> None:
    pattern = r"Programming Language :: Python :: 3\.(\d+)"
    found = [re.fullmatch(pattern, line) for line in PROJECT["classifiers"]]
    minors = [int(match[1]) for match in found if match]
    assert minors == list(range(minors[0], minors[-1] + 1))
    assert PROJECT["requires-python"] == f">=3.{minors[0]}"


def test_each_lower_bound_is_tested() -> None:
    """``lowest.txt`` pins what the dependencies begin with, and no more."""
    lines = (ROOT / "tests" / "lowest.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and line[0] != "#")
    bounds = dict(
        re.match(r"([\w-]+)>=([\d.]+)", line).groups()
        for line in PROJECT["dependencies"]
    )
    assert pins.keys() == bounds.keys()
    for name, bound in bounds.items():
        zeros = pins[name].removeprefix(bound)
        assert pins[name].startswith(bound), name
        assert re.fullmatch(r"(\.0)*", zeros), name


def test_the_readme_can_be_shown_where_packages_are_listed(
    metadata: EmailMessage,
) -> None:
    markdown = pytest.importorskip("readme_renderer.markdown")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_payload() == readme
    page = BeautifulSoup(markdown.render(readme), "html.parser")
    shown = [heading.get_text() for heading in page.select("h1, h2")]
    blocks = r"(?ms)^(`{3,})[^`]*?$.*?^\1$"
    bare = re.sub(blocks, "", readme)
    assert shown == re.findall(r"(?m)^##? (.*)", bare)
    assert len(page.select("pre")) == len(re.findall(blocks, readme)) > 0


def test_twine_finds_nothing_to_complain_of(archives: Path) -> None:
    if find_spec("twine") is None:
        pytest.skip("twine is missing: install it with 'pip install twine'")
    files = sorted(archives.iterdir())
    said = run(sys.executable, "-m", "twine", "check", "--strict", *files, cwd=archives)
    assert said.count("PASSED") == len(files)


@pytest.mark.parametrize("name", [WHEEL, SDIST])
def test_each_archive_alone_makes_a_blog_without_a_warning(
    archives: Path, tmp_path: Path, name: str
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    run(python, "-m", "pip", "install", "--quiet", archives / name, cwd=tmp_path)
    where = "import sphinx_leadposts as p; print(p.__file__)"
    assert str(tmp_path / "venv") in run(python, "-c", where, cwd=tmp_path)
    said = run(scripts / "sphinx-leadposts", "quickstart", "blog", cwd=tmp_path)
    assert "build succeeded." in said
    assert "WARNING" not in said
    assert (tmp_path / "blog" / "_build" / "html" / "blog" / "index.html").is_file()
