"""The command line of the comparison of builds."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contenders import CONTENDERS
from plot import SUFFIXES
from scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

FEWEST_ROUNDS: Final = 4
FEWEST_POSTS: Final = 10
DEFAULT_CONTENDERS: Final = ("bare", "base", "leadposts")
THEMES: Final = ("alabaster", "furo")
#: The names of the options that figures depend on.
RECORDED: Final = (
    "rounds",
    "jobs",
    "parallel",
    "seed",
    "scenarios",
    "base_url",
    "pictures",
)


def parse_options(
    description: str, arguments: Sequence[str] | None = None
) -> argparse.Namespace:
    """Return the options, or end with what is wrong about them.

    :param arguments: the command line without the program, by default this one's
    """
    parser = _make_parser(description)
    options = parser.parse_args(arguments)
    if options.contenders is None:
        chosen = ("leadposts",) if options.verify else DEFAULT_CONTENDERS
        options.contenders = list(chosen)
    options.contenders = list(dict.fromkeys([*options.contenders, *options.also]))
    if options.rounds is None:
        options.rounds = 1 if options.quick else FEWEST_ROUNDS
    if wrong := _find_mistake(options):
        parser.error(wrong)
    return options


def _find_mistake(options: argparse.Namespace) -> str:
    """Return what is wrong about the options, an empty text where nothing is."""
    if options.plot and options.plot.suffix not in SUFFIXES:
        return f"--plot: a file that ends in {' or '.join(SUFFIXES)}"
    if options.plot and find_spec("matplotlib") is None:
        return "--plot needs matplotlib: pip install matplotlib"
    if options.from_json:
        return ""
    return _find_missing(options) or _find_contradiction(options)


def _find_missing(options: argparse.Namespace) -> str:
    """Return what is not installed, an empty text where all is."""
    needs = {name: CONTENDERS[name].missing for name in options.contenders}
    needs["--theme"] = [name for name in options.theme if find_spec(name) is None]
    return "; ".join(
        f"{name} needs {', '.join(missing)}, which is not installed"
        for name, missing in needs.items()
        if missing
    )


def _find_contradiction(options: argparse.Namespace) -> str:
    """Return what rules an option out, an empty text where nothing does."""
    is_measuring = not (options.verify or options.profile)
    fewest = 1 if options.quick or not is_measuring else FEWEST_ROUNDS
    keep = options.keep
    is_serial = options.jobs == "1" and "full" in options.scenarios
    checks = {
        f"fewer than {FEWEST_ROUNDS} rounds say little (--quick does it)": (
            options.rounds < fewest
        ),
        f"--posts: at least {FEWEST_POSTS}": min(options.posts) < FEWEST_POSTS,
        f"--keep: {keep} is not empty": (
            keep and keep.exists() and any(keep.iterdir())
        ),
        "--plot and --parallel need a comparison, not --verify or --profile": (
            (options.plot or options.parallel) and not is_measuring
        ),
        "--plot shows multiples of the contender base, which is left out": (
            options.plot and "base" not in options.contenders
        ),
        "--parallel is compared with full builds of --jobs 1": (
            options.parallel and not is_serial
        ),
    }
    return next((message for message, is_wrong in checks.items() if is_wrong), "")


def _make_parser(description: str) -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    _add_what(parser.add_argument)
    _add_how(parser.add_argument)
    _add_results(parser.add_argument)
    return parser


def _add_what(add: Callable[..., argparse.Action]) -> None:
    """Add the options that say what is built."""
    add("--posts", type=_sizes, default=[1000], help="a number, or several: 100,1000")
    add("--scenarios", type=_names(SCENARIOS), default=list(SCENARIOS))
    add("--contenders", type=_names(CONTENDERS), help=", ".join(CONTENDERS))
    add("--with", dest="also", action="append", default=[], choices=list(CONTENDERS))
    add("--theme", type=_names(THEMES), default=["alabaster"], help=", ".join(THEMES))
    add("--base-url", default="https://example.org/", help="empty: none, so no feeds")
    add("--seed", type=int, default=1)
    add("--pictures", action="store_true", help="a header picture for every post")


def _add_how(add: Callable[..., argparse.Action]) -> None:
    """Add the options that say how it is built, and how often."""
    add("--rounds", type=int, help=f"{FEWEST_ROUNDS} or more")
    add("--quick", action="store_true", help="allow fewer rounds; one by default")
    add("--jobs", default="1", help="what sphinx-build takes after -j")
    add(
        "--parallel",
        type=int,
        nargs="?",
        const=2,
        metavar="N",
        help="full builds with -j N, too (2 by default): what do they gain?",
    )
    add(
        "--verify",
        action="store_true",
        help="measure nothing: see whether the right pages are written after edits",
    )
    add(
        "--profile",
        type=Path,
        nargs="?",
        const=Path("leadposts.prof"),
        metavar="FILE",
        help="profile one full build of leadposts instead",
    )


def _add_results(add: Callable[..., argparse.Action]) -> None:
    """Add the options that say where the results go, or come from."""
    add("--json", type=Path, metavar="FILE", help="write the raw figures")
    add("--plot", type=Path, metavar="FILE", help="draw the figures (.svg or .png)")
    add(
        "--from-json",
        type=Path,
        metavar="FILE",
        help="build nothing: print and draw what --json wrote before",
    )
    add("--keep", type=Path, metavar="DIR", help="build in this folder and keep it")


def _sizes(text: str) -> list[int]:
    """Return numbers written with commas between."""
    return sorted({int(part) for part in text.split(",")})


def _names(known: Collection[str]) -> Callable[[str], list[str]]:
    """Return a reader of names written with commas between, in the order of all."""

    def names(text: str) -> list[str]:
        wanted = set(text.split(","))
        if unknown := wanted - set(known):
            message = f"{', '.join(sorted(unknown))}; known are {', '.join(known)}"
            raise argparse.ArgumentTypeError(message)
        return [name for name in known if name in wanted]

    return names
