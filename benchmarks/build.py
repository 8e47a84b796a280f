"""Compare what it costs to build a blog with and without sphinx-leadposts.

    python benchmarks/build.py                           # 1,000 posts, four rounds
    python benchmarks/build.py --posts 60 --quick        # a look, not a measurement
    python benchmarks/build.py --posts 250,1000,4000 --scenarios full
    python benchmarks/build.py --profile                 # where the time goes

The contenders build the same posts: ``bare`` with MyST alone, ``base`` with
sphinx-design too, ``leadposts`` with this extension (which loads both), and ``ablog``
where asked for. They take turns within each scenario of each round, in alternating
order, so that a machine that slows down slows all of them. The figures are the best
of all rounds, CPU time first: what else runs on the machine adds to it, never
takes from it. "Spread" says by how much the worst round was dearer than the best.

A build that fails or prints anything ends the comparison.
"""

from __future__ import annotations

import argparse
import json
import pstats
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contenders import CONTENDERS
from corpus import Language, write_posts
from measure import BuildError, build
from pictures import draw_picture
from report import Sample, as_json, describe_machine, format_costs, format_growth
from scenarios import SCENARIOS, plan_edits
from sites import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corpus import Post

FEWEST_ROUNDS: Final = 4
FEWEST_POSTS: Final = 10
WARM_UP_POSTS: Final = 3
DEFAULT_CONTENDERS: Final = ("bare", "base", "leadposts")
PROFILE_LINES: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The sites of all contenders for one number of posts."""

    posts: Sequence[Post]
    edits: Mapping[str, Post]
    sites: Sequence[Site]


def prepare_match(folder: Path, size: int, options: argparse.Namespace) -> Match:
    """Make up the posts, and a site of them for each contender."""
    language = Language(options.seed)
    posts = write_posts(language, options.seed, size, pictures=options.pictures)
    edits = plan_edits(posts, language, seed=options.seed)
    media = folder / "media"
    for post in (*posts, edits["new"]):
        if post.picture:
            draw_picture(media / post.picture, seed=options.seed)
    sites = []
    for name in options.contenders:
        contender = CONTENDERS[name]
        conf = contender.write_conf(theme=options.theme, base_url=options.base_url)
        home = folder / name
        home.mkdir(parents=True)
        sites.append(Site(folder=home, contender=contender, conf=conf, media=media))
    return Match(posts=posts, edits=edits, sites=sites)


def warm_up(match: Match, *, jobs: str) -> None:
    """Build a few posts with everybody: compiles modules, finds mistakes early."""
    few = match.posts[:WARM_UP_POSTS]
    for site in match.sites:
        site.start_afresh(few)
        build(site, jobs=jobs)


def play_rounds(match: Match, options: argparse.Namespace) -> Iterator[Sample]:
    """Yield the samples of all rounds."""
    for number in range(options.rounds):
        sites = match.sites[::-1] if number % 2 else match.sites

        def take(site: Site, scenario: str, number: int = number) -> Sample:
            return Sample(
                posts=len(match.posts),
                round=number,
                scenario=scenario,
                contender=site.contender.name,
                cost=build(site, jobs=options.jobs),
            )

        yield from _start_round(match, sites, take, options, first=number == 0)
        for scenario in options.scenarios:
            if scenario == "full":
                continue
            for site in sites:
                if scenario in match.edits:
                    site.write_post(match.edits[scenario])
                yield take(site, scenario)


def _start_round(
    match: Match,
    sites: Sequence[Site],
    take: Callable[[Site, str], Sample],
    options: argparse.Namespace,
    *,
    first: bool,
) -> Iterator[Sample]:
    """Build all sites anew, or return to their first build if nobody asks for that."""
    asked_for = "full" in options.scenarios
    for site in sites:
        if not (first or asked_for):
            site.restore()
            continue
        site.start_afresh(match.posts)
        sample = take(site, "full")
        if asked_for:
            yield sample
        else:
            site.save()


def profile_build(match: Match, options: argparse.Namespace) -> None:
    """Build once under the profiler, and print where the time went."""
    names = [site.contender.name for site in match.sites]
    name = "leadposts" if "leadposts" in names else names[-1]
    site = match.sites[names.index(name)]
    figures = options.profile.resolve()
    site.start_afresh(match.posts)
    # Worker processes would be out of the profiler's sight.
    build(site, jobs="1", python_options=("-m", "cProfile", "-o", str(figures)))
    print(f"## Profile of a full build: {name}, {len(match.posts)} posts\n")
    stats = pstats.Stats(str(figures))
    stats.strip_dirs().sort_stats("tottime").print_stats(PROFILE_LINES)


def compare(match: Match, options: argparse.Namespace) -> list[Sample]:
    """Return the samples of one size, with their table printed."""
    size = len(match.posts)
    words = sum(post.words for post in match.posts) / size
    samples = []
    for sample in play_rounds(match, options):
        samples.append(sample)
        cost = sample.cost
        note = f"{size} posts, round {sample.round + 1}: {sample.scenario}"
        note += f", {sample.contender}: {cost.cpu_s:.2f} s, {cost.pages} pages"
        print(note, file=sys.stderr, flush=True)
    print(f"## {size} posts of {words:.0f} words, {options.rounds} rounds\n")
    print(format_costs(samples), flush=True)
    print()
    return samples


def run(folder: Path, options: argparse.Namespace) -> list[Sample]:
    """Return the samples of all sizes."""
    samples: list[Sample] = []
    for place, size in enumerate(options.posts):
        match = prepare_match(folder / str(size), size, options)
        if place == 0:
            print_setting(match.sites, options)
        warm_up(match, jobs=options.jobs)
        if options.profile:
            profile_build(match, options)
        else:
            samples += compare(match, options)
    if len(options.posts) > 1 and samples:
        print(f"## Growth\n\n{format_growth(samples)}")
    return samples


def print_setting(sites: Sequence[Site], options: argparse.Namespace) -> None:
    """Print what is compared: versions, options and the configurations."""
    print("# sphinx-leadposts: what a build costs\n")
    machine = ", ".join(f"{key} {value}" for key, value in describe_machine().items())
    print(f"{machine}; jobs {options.jobs}, seed {options.seed}\n")
    for scenario in options.scenarios:
        print(f"- `{scenario}`: {SCENARIOS[scenario]}")
    for site in sites:
        print(f"\n`conf.py` of {site.contender.name}:\n\n```python\n{site.conf}```")
    print(flush=True)


def write_json(
    path: Path, samples: Sequence[Sample], options: argparse.Namespace
) -> None:
    """Write the raw figures, with what they depend on."""
    confs = {
        name: CONTENDERS[name].write_conf(
            theme=options.theme, base_url=options.base_url
        )
        for name in options.contenders
    }
    content = {
        "machine": describe_machine(),
        "options": {
            key: getattr(options, key)
            for key in ("rounds", "jobs", "seed", "theme", "base_url", "pictures")
        },
        "confs": confs,
        "samples": as_json(samples),
    }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def parse_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options, or end with what is wrong about them."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    options.contenders = list(dict.fromkeys([*options.contenders, *options.also]))
    if options.rounds is None:
        options.rounds = 1 if options.quick else FEWEST_ROUNDS
    if options.rounds < (1 if options.quick else FEWEST_ROUNDS):
        parser.error(f"fewer than {FEWEST_ROUNDS} rounds say little (--quick does it)")
    if min(options.posts) < FEWEST_POSTS:
        parser.error(f"--posts: at least {FEWEST_POSTS}")
    for name in options.contenders:
        if missing := CONTENDERS[name].missing:
            parser.error(f"{name} needs {', '.join(missing)}, which is not installed")
    if options.keep and options.keep.exists() and any(options.keep.iterdir()):
        parser.error(f"--keep: {options.keep} is not empty")
    return options


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    _add_what(add)
    add("--rounds", type=int, help=f"{FEWEST_ROUNDS} or more")
    add("--quick", action="store_true", help="allow fewer rounds; one by default")
    add("--json", type=Path, metavar="FILE", help="write the raw figures")
    add("--keep", type=Path, metavar="DIR", help="build in this folder and keep it")
    add(
        "--profile",
        type=Path,
        nargs="?",
        const=Path("leadposts.prof"),
        metavar="FILE",
        help="profile one full build of leadposts instead",
    )
    return parser


def _add_what(add: Callable[..., argparse.Action]) -> None:
    """Add the options that say what is built."""
    add("--posts", type=_sizes, default=[1000], help="a number, or several: 100,1000")
    add("--scenarios", type=_names(SCENARIOS), default=list(SCENARIOS))
    add("--contenders", type=_names(CONTENDERS), default=list(DEFAULT_CONTENDERS))
    add("--with", dest="also", action="append", default=[], choices=list(CONTENDERS))
    add("--theme", choices=("alabaster", "furo"), default="alabaster")
    add("--base-url", default="https://example.org/", help="empty: none, so no feeds")
    add("--jobs", default="1", help="what sphinx-build takes after -j")
    add("--seed", type=int, default=1)
    add("--pictures", action="store_true", help="a header picture for every post")


def _sizes(text: str) -> list[int]:
    """Return numbers written with commas between."""
    return sorted({int(part) for part in text.split(",")})


def _names(known: Mapping[str, object]) -> Callable[[str], list[str]]:
    """Return a reader of names written with commas between, in the order of all."""

    def names(text: str) -> list[str]:
        wanted = set(text.split(","))
        if unknown := wanted - set(known):
            message = f"{', '.join(sorted(unknown))}; known are {', '.join(known)}"
            raise argparse.ArgumentTypeError(message)
        return [name for name in known if name in wanted]

    return names


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison."""
    options = parse_options(arguments)
    try:
        if options.keep:
            samples = run(options.keep.resolve(), options)
        else:
            with tempfile.TemporaryDirectory(prefix="leadposts-") as folder:
                samples = run(Path(folder).resolve(), options)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json and samples:
        write_json(options.json, samples, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
