"""All that a comparison found, and how it is kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from measure import Cost
from samples import Sample
from verification import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: Raised whenever older files can no longer be read.
_FORMAT: Final = 2


class FiguresError(Exception):
    """A file does not hold the figures of a comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The samples or verdicts of a comparison, and what they depend on."""

    #: Versions and cores, as :func:`report.describe_machine` finds them.
    machine: Mapping[str, str]
    options: Mapping[str, Any]
    #: The ``conf.py`` of each contender, by theme.
    confs: Mapping[str, Mapping[str, str]]
    samples: Sequence[Sample] = ()
    verdicts: Sequence[Verdict] = ()


def write_figures(path: Path, figures: Figures) -> None:
    """Write the figures into a file; each sample becomes one flat record."""
    content = {
        "format": _FORMAT,
        "machine": figures.machine,
        "options": figures.options,
        "confs": figures.confs,
        "samples": [_flatten(sample) for sample in figures.samples],
        "verdicts": [asdict(verdict) for verdict in figures.verdicts],
    }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def read_figures(path: Path) -> Figures:
    """Return the figures that :func:`write_figures` wrote.

    :raises FiguresError: where the file is missing, of another format, or no JSON
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            message = f"{path}: format {content['format']}, not {_FORMAT}"
            raise FiguresError(message)
        return Figures(
            machine=content["machine"],
            options=content["options"],
            confs=content["confs"],
            samples=tuple(map(_read_sample, content["samples"])),
            verdicts=tuple(map(_read_verdict, content["verdicts"])),
        )
    except OSError as error:
        raise FiguresError(str(error)) from error
    except (KeyError, TypeError, ValueError) as error:
        message = f"{path} holds no figures of this benchmark: {error!r}"
        raise FiguresError(message) from error


def _flatten(sample: Sample) -> dict[str, Any]:
    record = asdict(sample)
    return record | record.pop("cost")


def _read_sample(record: dict[str, Any]) -> Sample:
    cost = {field.name: record.pop(field.name) for field in fields(Cost)}
    cost["written"] = tuple(cost["written"])
    return Sample(cost=Cost(**cost), **record)


def _read_verdict(record: dict[str, Any]) -> Verdict:
    return Verdict(
        **{
            key: tuple(value) if isinstance(value, list) else value
            for key, value in record.items()
        }
    )
