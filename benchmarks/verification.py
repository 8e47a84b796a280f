"""Whether a build after an edit wrote the right pages, and wrote them right.

After each edit the same sources are built from scratch in another folder. A page that
the two builds from scratch before and after the edit show differently has to be
written; one that they show alike should be left alone.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from measure import build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpus import Post
    from sites import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one build after an edit wrote; pages are paths below the output folder."""

    theme: str
    posts: int
    scenario: str
    contender: str
    #: Pages that the edit changes, comes with or does away with.
    due: tuple[str, ...]
    written: tuple[str, ...]
    #: Pages that are due, and lie in the output as they were before.
    missed: tuple[str, ...]
    #: Pages that were written, and still differ from those of a build from scratch.
    wrong: tuple[str, ...]
    #: Pages that were written and are not due.
    needless: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the output is as from scratch; with no edit, nothing is written."""
        is_idle = self.scenario == "unchanged" and not self.due
        return not (self.missed or self.wrong or (is_idle and self.written))


def verify_site(
    site: Site,
    posts: Sequence[Post],
    edits: Mapping[str, Post],
    *,
    theme: str,
    scenarios: Sequence[str],
    jobs: str,
) -> Iterator[Verdict]:
    """Yield a verdict on each build after the first, in the order of ``scenarios``.

    :param edits: the post that a scenario writes, where it writes one
    :raises BuildError: where a build failed or printed a warning
    """
    site.start_afresh(posts)
    build(site, jobs=jobs)
    for scenario in scenarios:
        if scenario == "full":
            continue
        before = site.digest_pages()
        if scenario in edits:
            site.write_post(edits[scenario])
        written = build(site, jobs=jobs).written
        yield judge_pages(
            before=before,
            warm=site.digest_pages(),
            cold=_build_from_scratch(site, jobs=jobs),
            written=written,
            theme=theme,
            posts=len(posts),
            scenario=scenario,
            contender=site.contender.name,
        )


def judge_pages(
    *,
    before: Mapping[str, str],
    warm: Mapping[str, str],
    cold: Mapping[str, str],
    written: Sequence[str],
    **names: object,
) -> Verdict:
    """Return the verdict on one build; pages map to digests of their bytes.

    :param before: the output before the edit
    :param warm: the output after the edit, built on what was there
    :param cold: the output after the edit, built from scratch
    :param written: the pages that the warm build wrote
    :param names: the other attributes of the verdict
    """
    due = {name for name in {*before, *cold} if before.get(name) != cold.get(name)}
    stale = {name for name in {*warm, *cold} if warm.get(name) != cold.get(name)}
    return Verdict(
        due=tuple(sorted(due)),
        written=tuple(sorted(written)),
        missed=tuple(sorted(stale - set(written))),
        wrong=tuple(sorted(stale & set(written))),
        needless=tuple(sorted(set(written) - due)),
        **names,
    )


def _build_from_scratch(site: Site, *, jobs: str) -> dict[str, str]:
    """Return the digests of the pages that the sources of a site make elsewhere."""
    twin = replace(site, folder=site.folder / "from-scratch")
    twin.clear()
    shutil.copytree(site.source, twin.source)
    build(twin, jobs=jobs)
    pages = twin.digest_pages()
    twin.clear()
    return pages
