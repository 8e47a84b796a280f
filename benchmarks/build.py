"""Compare what it costs to build a blog with and without sphinx-leadposts.

    python benchmarks/build.py                           # 1,000 posts, four rounds
    python benchmarks/build.py --posts 60 --quick        # a look, not a measurement
    python benchmarks/build.py --posts 1000,10000 --scenarios full
    python benchmarks/build.py --theme alabaster,furo --with ablog --json cost.json
    python benchmarks/build.py --parallel                # what two processes gain
    python benchmarks/build.py --from-json cost.json --plot cost.svg
    python benchmarks/build.py --verify                  # are the right pages written?
    python benchmarks/build.py --profile                 # where the time goes

The contenders build the same posts: ``bare`` with MyST alone, ``base`` with
sphinx-design too, ``leadposts`` with this extension (which loads both), and ``ablog``
where asked for. They take turns within each scenario of each round, in alternating
order, so that a machine that slows down slows all of them. The figures are the best
of all rounds, CPU time first: what else runs on the machine adds to it, never
takes from it. "Spread" says by how much the worst round was dearer than the best.

A build that fails or prints anything ends the comparison. ``--verify`` ends with exit
code 1 where a page was missed or came out other than from scratch, or where one was
written although nothing had changed.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contenders import CONTENDERS
from figures import Figures, FiguresError, read_figures, write_figures
from match import play_rounds, prepare_match, profile_build, warm_up
from measure import BuildError
from options import RECORDED, parse_options
from plot import draw_plot
from ratios import RatiosError
from report import (
    describe_machine,
    format_figures,
    format_growth,
    format_section,
    format_setting,
    format_verdicts,
)
from verification import verify_site

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from match import Match
    from samples import Sample
    from verification import Verdict


def compare(match: Match, options: argparse.Namespace) -> list[Sample]:
    """Return the samples of one theme and size, with their tables printed."""
    size = len(match.posts)
    samples = []
    for sample in play_rounds(match, options):
        samples.append(sample)
        cost = sample.cost
        note = f"{size} posts, {match.theme}, round {sample.round + 1}: "
        note += f"{sample.scenario}, {sample.contender}: "
        note += f"{cost.cpu_s:.2f} s, {cost.pages} pages"
        print(note, file=sys.stderr, flush=True)
    print(f"{format_section(samples, parallel=options.parallel)}")
    print(f"A post has {match.words:.0f} words on average.\n", flush=True)
    return samples


def verify(match: Match, options: argparse.Namespace) -> list[Verdict]:
    """Return the verdicts on one theme and size, printed."""
    verdicts = []
    for site in match.sites:
        for verdict in verify_site(
            site,
            match.posts,
            match.edits,
            theme=match.theme,
            scenarios=options.scenarios,
            jobs=options.jobs,
        ):
            verdicts.append(verdict)
            note = f"{verdict.contender}, {verdict.scenario}: "
            note += "right" if verdict.is_right else "WRONG"
            print(note, file=sys.stderr, flush=True)
    print(f"## {len(match.posts)} posts, {match.theme}: pages written\n")
    print(f"{format_verdicts(verdicts)}\n", flush=True)
    return verdicts


def run(folder: Path, options: argparse.Namespace) -> Figures:
    """Return the samples or verdicts of all themes and sizes."""
    figures = make_figures(options)
    print(f"# sphinx-leadposts: what a build costs\n\n{format_setting(figures)}\n")
    samples: list[Sample] = []
    verdicts: list[Verdict] = []
    for theme in options.theme:
        found: list[Sample] = []
        for size in options.posts:
            place = folder / theme / str(size)
            match = prepare_match(place, theme=theme, size=size, options=options)
            warm_up(match, jobs=options.jobs)
            if options.profile:
                profile_build(match, options.profile.resolve())
            elif options.verify:
                verdicts += verify(match, options)
            else:
                found += compare(match, options)
        if found and len(options.posts) > 1:
            print(f"## Growth, {theme}\n\n{format_growth(found)}\n")
        samples += found
    return replace(figures, samples=tuple(samples), verdicts=tuple(verdicts))


def make_figures(options: argparse.Namespace) -> Figures:
    """Return the figures of a comparison that has yet to begin."""
    confs = {
        theme: {
            name: CONTENDERS[name].write_conf(theme=theme, base_url=options.base_url)
            for name in options.contenders
        }
        for theme in options.theme
    }
    recorded = {name: getattr(options, name) for name in RECORDED}
    return Figures(machine=describe_machine(), options=recorded, confs=confs)


def show_again(path: Path) -> Figures:
    """Return earlier figures, printed."""
    figures = read_figures(path)
    print(f"# sphinx-leadposts: what a build costs\n\n{format_setting(figures)}\n")
    for section in format_figures(figures):
        print(section)
    return figures


def run_anywhere(options: argparse.Namespace) -> Figures:
    """Return the figures of a comparison in the folder asked for, or one that goes."""
    if options.keep:
        return run(options.keep.resolve(), options)
    with tempfile.TemporaryDirectory(prefix="leadposts-") as folder:
        return run(Path(folder).resolve(), options)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison, or show an earlier one; return the exit code."""
    options = parse_options(__doc__ or "", arguments)
    try:
        if options.from_json:
            figures = show_again(options.from_json)
        else:
            figures = run_anywhere(options)
            if options.json:
                write_figures(options.json, figures)
        if options.plot:
            draw_plot(figures, options.plot)
    except (BuildError, FiguresError, RatiosError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if all(verdict.is_right for verdict in figures.verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
