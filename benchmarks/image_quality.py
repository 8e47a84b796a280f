"""Bytes and CPU time of each encoder at one visual quality, by SSIMULACRA2.

The score of a coded picture against the same picture uncoded is 100 where they are
equal, about 90 where nobody sees a difference, 70 for high and 50 for medium quality.
For each encoder the quality setting is sought at which the mean score of a kind of
picture meets the target; bytes and time are given there, by interpolation between the
settings tried.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image
from report import format_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LADDER: Final = (20, 35, 45, 55, 65, 75, 85, 93)
"""The quality settings that are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One encoder with its settings, but for the quality."""

    name: str
    format: str
    options: Mapping[str, Any]
    has_quality: bool = True
    keeps_alpha: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a kind of picture comes to at one setting: means over its pictures."""

    quality: float
    score: float
    kib: float
    cpu_ms: float


CONTENDERS: Final = (
    Contender(
        name="JPEG, optimised, progressive",
        format="JPEG",
        options={"optimize": True, "progressive": True},
        keeps_alpha=False,
    ),
    Contender(name="WebP, method 2", format="WEBP", options={"method": 2}),
    Contender(name="WebP, method 4", format="WEBP", options={"method": 4}),
    Contender(name="WebP, method 5", format="WEBP", options={"method": 5}),
    Contender(name="WebP, method 6", format="WEBP", options={"method": 6}),
    Contender(
        name="WebP, lossless",
        format="WEBP",
        options={"lossless": True, "method": 4, "quality": 60},
        has_quality=False,
    ),
    Contender(
        name="PNG, optimised",
        format="PNG",
        options={"optimize": True},
        has_quality=False,
    ),
    *(
        Contender(
            name=f"AVIF, speed {speed}",
            format="AVIF",
            options={"speed": speed, "max_threads": 1, "autotiling": False},
        )
        for speed in (6, 7, 8, 9, 10)
    ),
)


def measure_kind(
    pictures: Sequence[Image.Image], contender: Contender, ladder: Iterable[int]
) -> list[Trial]:
    """Return one trial for each quality setting, the worst first."""
    if not contender.keeps_alpha and pictures[0].mode == "RGBA":
        return []
    trials = []
    for quality in ladder if contender.has_quality else (100,):
        options = dict(contender.options)
        if contender.has_quality:
            options["quality"] = quality
        figures = [_try(picture, contender.format, options) for picture in pictures]
        score, size, cpu_s = (
            sum(column) / len(column) for column in zip(*figures, strict=True)
        )
        trials.append(
            Trial(quality=quality, score=score, kib=size / 1024, cpu_ms=cpu_s * 1000)
        )
    return trials


def _try(
    picture: Image.Image, form: str, options: Mapping[str, Any]
) -> tuple[float, float, float]:
    """Return score, bytes and CPU seconds of one picture at one setting."""
    buffer = BytesIO()
    start = time.process_time()
    picture.save(buffer, form, **options)
    cpu_s = time.process_time() - start
    return _score(picture, buffer.getvalue()), len(buffer.getvalue()), cpu_s


def _score(picture: Image.Image, coded: bytes) -> float:
    """Return the SSIMULACRA2 score of a coded picture.

    What is transparent is judged as it is seen: the worse of on white and on black.
    """
    with Image.open(BytesIO(coded)) as image:
        after = image.convert(picture.mode)
    papers = ("white", "black") if picture.mode == "RGBA" else (None,)
    return min(_compare(_lay(picture, on), _lay(after, on)) for on in papers)


def _lay(picture: Image.Image, paper: str | None) -> Image.Image:
    if paper is None:
        return picture
    return Image.alpha_composite(Image.new("RGBA", picture.size, paper), picture)


def _compare(before: Image.Image, after: Image.Image) -> float:
    import ssimulacra2  # noqa: PLC0415 - only this mode needs it

    with tempfile.TemporaryDirectory() as folder:
        # The measure reads files.
        paths = [str(Path(folder, name)) for name in ("before.png", "after.png")]
        for picture, path in zip((before, after), paths, strict=True):
            picture.convert("RGB").save(path, compress_level=1)
        return float(ssimulacra2.compute_ssimulacra2(*paths))


def settle(trials: Sequence[Trial], score: float) -> Trial | None:
    """Return what the trials come to at a score; ``None`` where none gets there."""
    for low, high in pairwise(trials):
        if low.score <= score <= high.score:
            part = (score - low.score) / ((high.score - low.score) or 1)
            return Trial(
                score=score,
                **{
                    name: getattr(low, name)
                    + part * (getattr(high, name) - getattr(low, name))
                    for name in ("quality", "kib", "cpu_ms")
                },
            )
    best = trials[-1] if trials else None
    if best and len(trials) == 1 and best.score >= score:
        return best
    return None


def format_quality(
    results: Mapping[str, Mapping[str, Sequence[Trial]]], score: float
) -> str:
    """Return the table at one score: for each kind quality, KiB and CPU ms."""
    kinds = list(results)
    head = ["encoder", *(f"{kind}: quality, KiB, ms" for kind in kinds)]
    rows = []
    for contender in CONTENDERS:
        row = [contender.name]
        for kind in kinds:
            found = settle(results[kind].get(contender.name, ()), score)
            if found is None:
                row.append("–")
                continue
            quality = f"{found.quality:.0f}" if contender.has_quality else "·"
            row.append(f"{quality}, {found.kib:.1f}, {found.cpu_ms:.0f}")
        rows.append(row)
    return format_table(head, rows, texts=1)


def format_trials(results: Mapping[str, Mapping[str, Sequence[Trial]]]) -> str:
    """Return all that was measured."""
    head = ["kind", "encoder", "quality", "score", "KiB", "CPU ms"]
    rows = [
        [
            kind,
            name,
            f"{trial.quality:.0f}",
            f"{trial.score:.1f}",
            f"{trial.kib:.1f}",
            f"{trial.cpu_ms:.0f}",
        ]
        for kind, by_name in results.items()
        for name, trials in by_name.items()
        for trial in trials
    ]
    return format_table(head, rows, texts=2)
