"""What a judge finds in a page, and what of it is not the theme's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong by ``rule``, at an element.

    ``place`` names the element and those around it by their tags and classes, so that
    no place in an element of ours is found in a page without ours. ``page`` and
    ``words`` are for the reader.
    """

    rule: str
    place: str
    page: str = ""
    words: str = ""


def pick_ours(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that stand in an element of ours."""
    return [finding for finding in findings if "leadposts-" in finding.place]


def subtract(ours: Iterable[Finding], theirs: Iterable[Finding]) -> list[Finding]:
    """Return those of ``ours`` whose rule and place are not among ``theirs``."""
    known = {(finding.rule, finding.place) for finding in theirs}
    return [finding for finding in ours if (finding.rule, finding.place) not in known]
