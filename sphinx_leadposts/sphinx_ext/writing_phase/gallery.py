"""The gallery: the files of one build that show its pictures.

What is missing is made before the first page is written, since later the work would
fall to forked workers, each on its own. Builders that are not made of pages get theirs
when their document is put together.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.candidates import find_candidate, list_candidates
from sphinx_leadposts.imaging.index import State
from sphinx_leadposts.imaging.places import PRINT, SOCIAL
from sphinx_leadposts.imaging.plan import SAME, Job
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import is_website
from sphinx_leadposts.sphinx_ext.picture_uses import find_picture_uses
from sphinx_leadposts.sphinx_ext.warnings import report, report_beside
from sphinx_leadposts.sphinx_ext.writing_phase.recipes import (
    choose_recipes,
    find_origin,
    is_paper,
)
from sphinx_leadposts.sphinx_ext.writing_phase.rendering import render_jobs
from sphinx_leadposts.sphinx_ext.writing_phase.tally import PictureTally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_leadposts.imaging.candidates import Candidate
    from sphinx_leadposts.imaging.places import Place
    from sphinx_leadposts.imaging.plan import Recipe
    from sphinx_leadposts.imaging.store import Outcome
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.sphinx_ext.picture_store import StoreDoor
    from sphinx_leadposts.sphinx_ext.picture_uses import PictureUse


class Gallery:
    """What is made of the pictures of one build, and which files show them."""

    def __init__(self, door: StoreDoor) -> None:
        self._door = door
        self._begin()

    def _begin(self) -> None:
        self.tally = PictureTally()
        #: The names of pictures that may come out otherwise the next time.
        self.unsure: set[str] = set()
        self._shown: dict[tuple[Picture, str], tuple[Candidate, ...]] = {}
        self._told: set[str] = set()
        self._has_told_of_store = False

    def prepare(self, app: Sphinx, builder: Builder) -> None:
        """Make what is missing of all pictures, where pages are to be written."""
        self._begin()
        if builder.format == "html":
            self.make(app, builder, find_picture_uses(get_blog(builder.env)))

    def make(self, app: Sphinx, builder: Builder, uses: Iterable[PictureUse]) -> None:
        """Make what is missing of the pictures in use; say what cannot be made."""
        store = self._door.store
        jobs, users = _plan(builder, uses)
        found = {name: store.find_all(job) for name, job in jobs.items()}
        missing = [
            todo for name, job in jobs.items() if (todo := job.leave_out(found[name]))
        ]
        # Sphinx 8.2 has it on the application only.
        verbosity = getattr(app.config, "verbosity", app.verbosity)
        made = render_jobs(missing, store, verbosity=verbosity)
        self.tally.made += sum(o.state is State.MADE for o in made.values())
        failed: dict[str, Outcome] = {}
        for name, job in jobs.items():
            outcomes = {
                recipe: found[name].get(recipe) or made[name, recipe]
                for recipe in job.recipes
            }
            self.tally.count(job, outcomes)
            for outcome in outcomes.values():
                if outcome.state is State.FAILED:
                    failed.setdefault(name, outcome)
                if not outcome.lasting:
                    self.unsure.add(name)
        self._report(Path(app.confdir), failed, users)

    def show(
        self, builder: Builder, picture: Picture, place: Place
    ) -> tuple[Candidate, ...]:
        """Return the files that show ``picture``, the smallest first.

        Empty for pictures elsewhere, for covers that could not be drawn, and for what
        the builder cannot show. On paper there is one.
        """
        place = PRINT if is_paper(builder) else place
        key = (picture, place.name)
        if key not in self._shown:
            self._shown[key] = self._list(builder, picture, place)
        return self._shown[key]

    def save(self, _app: Sphinx, _error: Exception | None) -> None:
        """Write down what the store has learnt."""
        self._door.store.save()

    def _list(
        self, builder: Builder, picture: Picture, place: Place
    ) -> tuple[Candidate, ...]:
        if picture.source is None:
            return ()
        store, source = self._door.store, picture.source
        recipes = choose_recipes(builder, picture, place)
        if place is SOCIAL:
            found = (find_candidate(store, source, recipe) for recipe in recipes)
            return tuple(candidate for candidate in found if candidate)
        if place is PRINT:
            for recipe in recipes:
                if recipe.format == SAME:
                    continue
                if printed := find_candidate(store, source, recipe):
                    return (printed,)
            if source.mimetype not in builder.supported_image_types:
                return ()
        return list_candidates(store, find_origin(builder, picture), source, recipes)

    def _report(
        self,
        confdir: Path,
        failed: Mapping[str, Outcome],
        users: Mapping[str, PictureUse],
    ) -> None:
        """Say of each picture what could not be made of it; of the store, once."""
        lost = [name for name, outcome in failed.items() if outcome.is_store_at_fault]
        for name, outcome in failed.items():
            message = "%s: %s; it is shown without what could not be made of it"
            args: tuple[object, ...] = (_say_what(users[name]), outcome.problem)
            if outcome.is_store_at_fault:
                if self._has_told_of_store:
                    continue
                self._has_told_of_store = True
                if len(lost) > 1:
                    message += "; the same goes for %d more"
                    args += (len(lost) - 1,)
            elif name in self._told:
                continue
            self._told.add(name)
            problem = Problem(subtype=Subtype.IMAGE, message=message, args=args)
            _report_use(problem, users[name], confdir)


def _plan(
    builder: Builder, uses: Iterable[PictureUse]
) -> tuple[dict[str, Job], dict[str, PictureUse]]:
    """Return what to make of each picture, by its name, and who uses it first."""
    recipes: defaultdict[str, dict[Recipe, None]] = defaultdict(dict)
    users: dict[str, PictureUse] = {}
    for use in uses:
        name = use.picture.name
        users.setdefault(name, use)
        places: Sequence[Place] = (PRINT,) if is_paper(builder) else use.places
        for place in places:
            if place is SOCIAL and not is_website(builder):
                continue
            recipes[name] |= dict.fromkeys(choose_recipes(builder, use.picture, place))
    jobs = {
        name: Job(
            origin=find_origin(builder, use.picture),
            source=source,
            recipes=tuple(recipes[name]),
        )
        for name, use in users.items()
        if (source := use.picture.source)
    }
    return jobs, users


def _say_what(use: PictureUse) -> str:
    return use.picture.path or "the cover of the post"


def _report_use(problem: Problem, use: PictureUse, confdir: Path) -> None:
    """Report a problem where the picture is named."""
    if use.docname:
        report(problem.at(use.line), use.docname)
    else:
        report_beside(problem.at(use.line), confdir / use.file)


def setup_gallery(app: Sphinx, door: StoreDoor) -> Gallery:
    """Have pictures made before pages are written."""
    gallery = Gallery(door)
    app.connect("write-started", gallery.prepare)
    app.connect("build-finished", gallery.save)
    return gallery
