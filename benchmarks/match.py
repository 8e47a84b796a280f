"""The sites of all contenders for one theme and size, and how they take turns."""

from __future__ import annotations

import pstats
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contenders import CONTENDERS
from corpus import Language, write_posts
from measure import build
from pictures import draw_picture
from samples import Sample
from scenarios import PARALLEL, plan_edits
from sites import Site

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from corpus import Post

WARM_UP_POSTS: Final = 3
#: Who is built with several jobs, too, where that is asked for.
PARALLEL_CONTENDERS: Final = ("base", "leadposts")
PROFILE_LINES: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The sites of all contenders for one theme and number of posts."""

    theme: str
    posts: Sequence[Post]
    edits: Mapping[str, Post]
    sites: Sequence[Site]

    @property
    def words(self) -> float:
        """The number of words of a post, on average."""
        return sum(post.words for post in self.posts) / len(self.posts)


def prepare_match(
    folder: Path, *, theme: str, size: int, options: argparse.Namespace
) -> Match:
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
        conf = contender.write_conf(theme=theme, base_url=options.base_url)
        home = folder / name
        home.mkdir(parents=True)
        sites.append(Site(folder=home, contender=contender, conf=conf, media=media))
    return Match(theme=theme, posts=posts, edits=edits, sites=sites)


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
        turn = Round(match=match, number=number, sites=sites, options=options)
        yield from turn.start()
        for scenario in options.scenarios:
            if scenario == "full":
                continue
            for site in sites:
                if scenario in match.edits:
                    site.write_post(match.edits[scenario])
                yield turn.take(site, scenario)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of a match, with its sites in the order of their turns."""

    match: Match
    number: int
    sites: Sequence[Site]
    options: argparse.Namespace

    def take(self, site: Site, scenario: str) -> Sample:
        """Build a site as it is now; return what that cost."""
        is_parallel = scenario == PARALLEL
        jobs = str(self.options.parallel) if is_parallel else self.options.jobs
        return Sample(
            theme=self.match.theme,
            posts=len(self.match.posts),
            round=self.number,
            scenario=scenario,
            contender=site.contender.name,
            cost=build(site, jobs=jobs),
        )

    def start(self) -> Iterator[Sample]:
        """Build all sites anew, or return to their first build if nobody asks for that.

        A site that is built with several jobs, too, is so right before it is built with
        one, and what is built on is the latter's output.
        """
        is_asked_for = "full" in self.options.scenarios
        for site in self.sites:
            if not (self.number == 0 or is_asked_for):
                site.restore()
                continue
            if self.options.parallel and site.contender.name in PARALLEL_CONTENDERS:
                site.start_afresh(self.match.posts)
                yield self.take(site, PARALLEL)
            site.start_afresh(self.match.posts)
            sample = self.take(site, "full")
            if is_asked_for:
                yield sample
            else:
                site.save()


def profile_build(match: Match, figures: Path) -> None:
    """Build once under the profiler, and print where the time went.

    :param figures: the file for the raw profile
    """
    names = [site.contender.name for site in match.sites]
    name = "leadposts" if "leadposts" in names else names[-1]
    site = match.sites[names.index(name)]
    site.start_afresh(match.posts)
    # Worker processes would be out of the profiler's sight.
    build(site, jobs="1", python_options=("-m", "cProfile", "-o", str(figures)))
    print(f"## Profile of a full build: {name}, {len(match.posts)} posts\n")
    stats = pstats.Stats(str(figures))
    stats.strip_dirs().sort_stats("tottime").print_stats(PROFILE_LINES)
