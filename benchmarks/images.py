"""Measure what pictures cost: bytes, time, and how they look.

    python benchmarks/images.py speed --source ~/photographs
    python benchmarks/images.py quality --source ~/photographs --score 75
    python benchmarks/images.py quality --source ~/photographs --quick

``speed`` renders at least 60 photographs, made to fit into 1080p first, in threads:
once with Pillow alone and once with this package, in turns. ``quality`` looks for the
setting at which each encoder reaches one visual quality, over photographs, drawings,
screenshots and logos, and says what that takes; it needs the package ``ssimulacra2``.

Debian's ``plasma-workspace-wallpapers`` and ``mate-backgrounds`` are a source of
photographs; a package unpacks with ``dpkg -x`` into any folder.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from image_quality import (
    CONTENDERS,
    LADDER,
    format_quality,
    format_trials,
    measure_kind,
)
from image_samples import find_photographs, list_kinds, shrink
from image_speed import format_race, race
from PIL import Image, features
from PIL import __version__ as pillow_version
from report import describe_machine

from sphinx_leadposts.imaging.plan import (
    DEFAULT_FORMATS,
    DEFAULT_WIDTHS,
    PlanSettings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_PHOTOGRAPHS: Final = 60
FEWEST_ROUNDS: Final = 4
PHOTOGRAPH_QUALITY: Final = 90


def run_speed(options: argparse.Namespace) -> None:
    """Print how fast pictures are rendered, by Pillow alone and by us."""
    photographs = find_photographs(options.source, fewest=FEWEST_PHOTOGRAPHS)
    settings = PlanSettings(formats=options.formats)
    with tempfile.TemporaryDirectory(prefix="leadposts-") as name:
        folder = Path(name)
        (folder / "source").mkdir()
        paths = []
        for number, path in enumerate(photographs):
            small = folder / "source" / f"{number}.jpg"
            shrink(path).save(small, quality=PHOTOGRAPH_QUALITY)
            paths.append(small)
        before = sum(path.stat().st_size for path in paths)
        runs, warm_s = race(
            paths, settings, folder, rounds=options.rounds, workers=options.workers
        )
    formats = ", ".join(settings.formats)
    print(
        f"{len(paths)} photographs of 1080p, {before / 1e6:.1f} MB; {formats}; "
        f"{options.workers} threads, {options.rounds} rounds\n"
    )
    print(format_race(runs, len(paths)))
    print(f"\nA warm build looks through them in {warm_s * 1000:.0f} ms.")


def run_quality(options: argparse.Namespace) -> None:
    """Print what each encoder needs for one visual quality."""
    photographs = find_photographs(options.source, fewest=options.samples)
    ladder = LADDER[1::3] if options.quick else LADDER
    results = {}
    for kind, make in list_kinds(photographs, options.samples).items():
        pictures = [
            picture.resize(
                (options.width, round(picture.height * options.width / picture.width)),
                Image.Resampling.LANCZOS,
            )
            for picture in make()
        ]
        results[kind] = {
            contender.name: measure_kind(pictures, contender, ladder)
            for contender in CONTENDERS
        }
        print(f"{kind}: {len(pictures)} measured", file=sys.stderr, flush=True)
    for score in options.score:
        print(f"\n{options.width} pixels wide, SSIMULACRA2 of {score}\n")
        print(format_quality(results, score))
    if options.all:
        print(f"\n{format_trials(results)}")


def print_setting() -> None:
    """Print what the figures depend on."""
    found = describe_machine() | {"pillow": pillow_version}
    for library in ("webp", "avif", "libjpeg_turbo"):
        found[library] = str(features.version(library))
    print(", ".join(f"{key} {value}" for key, value in found.items()), end="\n\n")


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    modes = parser.add_subparsers(required=True)
    speed = modes.add_parser("speed", help="pictures a second, against Pillow alone")
    speed.set_defaults(run=run_speed)
    speed.add_argument("--rounds", type=int, default=FEWEST_ROUNDS)
    speed.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    speed.add_argument("--formats", type=_names, default=DEFAULT_FORMATS)
    quality = modes.add_parser("quality", help="bytes and time at one visual quality")
    quality.set_defaults(run=run_quality)
    quality.add_argument("--score", type=float, nargs="+", default=[75.0])
    quality.add_argument("--width", type=int, default=DEFAULT_WIDTHS[2])
    quality.add_argument("--samples", type=int, default=8, help="pictures of each kind")
    quality.add_argument("--quick", action="store_true", help="fewer settings")
    quality.add_argument("--all", action="store_true", help="print every trial")
    for mode in (speed, quality):
        mode.add_argument("--source", type=Path, required=True, metavar="DIR")
    return parser


def _names(text: str) -> tuple[str, ...]:
    """Return names written with commas between."""
    return tuple(text.split(","))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the measurements."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    if getattr(options, "rounds", FEWEST_ROUNDS) < FEWEST_ROUNDS:
        parser.error(f"fewer than {FEWEST_ROUNDS} rounds say little")
    print_setting()
    try:
        options.run(options)
    except ValueError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
