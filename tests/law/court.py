"""The law itself: steps are taken, and after each of them warm is held against cold."""

from __future__ import annotations

import difflib
import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.law.blog import OWN_TEXT, Blog, begin_blog
from tests.law.edits import edit_blog
from tests.law.extension import Fuse
from tests.law.feeds import leave_texts_out
from tests.law.house import BUILDERS, Files, House, find_differences
from tests.law.killing import Phase
from tests.law.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: From this number on, what a step means is killed not before the pages are written.
LATE: Final = 5
#: How the names of pages and of copied sources end.
_PAGES: Final = (".html", ".md.txt")


class LawBrokenError(AssertionError):
    """A warm build differs from a cold one where plain Sphinx's own do not."""


@dataclass
class Tally:
    """What was done and compared in all sequences."""

    edits: Counter[str] = field(default_factory=Counter)
    builds: Counter[str] = field(default_factory=Counter)
    deaths: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    subtracted: Counter[str] = field(default_factory=Counter)


def take_step(house: House, before: Blog, step: Step) -> tuple[Blog, Files | None]:
    """Edit and build; return the output, ``None`` where not all of it is fresh."""
    blog = edit_blog(before, step)
    house.receive(blog)
    if step.manner == "one file":
        names = sorted(blog.posts)
        house.build(step.builder, f"posts/{names[step.value % len(names)]}.md")
        return blog, None
    if step.manner == "cut off":
        # Among the first pages, or among the first files beside them.
        moment = step.value % 10
        with Fuse.lit(moment % 5, is_late=moment >= 5):
            house.build(step.builder)
    elif step.manner == "killed":
        # Each file that a build touches is half a moment more.
        if step.which < LATE:
            house.kill(step.builder, step.value * 3 // 4 * 2 + step.which % 2)
        else:
            house.kill(step.builder, step.value, Phase.PUBLISHING)
    if step.is_reverted:
        blog = before
        house.receive(blog)
    return blog, house.build(step.builder)


def check_law(
    root: Path,
    steps: Sequence[Step],
    *,
    tally: Tally | None = None,
    is_strict: bool = False,
    is_closed: bool = True,
) -> None:
    """Take ``steps``, and after each compare warm with cold.

    :param is_strict: hold what plain Sphinx leaves stale against us, too.
    :param is_closed: compare both outputs at the end, whatever was built last.
    :raises LawBrokenError: where they differ, and plain Sphinx's own do not.
    """
    tally = tally or Tally()
    steps = [*steps, *(_close(steps) if is_closed else ())]
    ours = House(root / "ours", deaths=tally.deaths)
    twin = Twin(root / "twin", steps)
    blog = ours.move_in()
    for number, step in enumerate(steps):
        before = blog
        blog, warm = take_step(ours, before, step)
        is_done = edit_blog(before, step) != before
        tally.edits[step.edit if is_done else "nothing"] += 1
        tally.builds[f"{step.builder}, {step.manner}"] += 1
        if warm is None:
            continue
        cold = ours.build_cold(step.builder)
        tally.compared += len(warm.keys() | cold.keys())
        differing = find_differences(warm, cold)
        if not differing:
            continue
        stale = set() if is_strict else twin.find_stale(number)
        # Plain Sphinx never removes a page; we do, where it is that of a post, and not
        # a copy of the author's own file.
        gone = {n for n in differing if n not in cold and n.endswith(_PAGES)}
        stale -= {n for n in gone if warm[n] != OWN_TEXT.encode()}
        # The text of a post in a feed is that of its page.
        stale |= {n for n in differing if _differ_in_texts(n, warm, cold, stale)}
        tally.subtracted.update(stale.intersection(differing))
        if wrong := [name for name in differing if name not in stale]:
            raise LawBrokenError(_describe(steps[: number + 1], warm, cold, wrong))


def _differ_in_texts(name: str, warm: Files, cold: Files, stale: set[str]) -> bool:
    """Tell whether two feeds differ in nothing but the texts of ``stale`` pages."""
    if name not in warm or name not in cold:
        return False
    one, other = (leave_texts_out(name, files[name], stale) for files in (warm, cold))
    return one == other


def _close(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield builds after which both outputs have been compared as they are now."""
    last = steps[-1] if steps else Step()
    for builder in BUILDERS:
        if builder != last.builder or last.manner == "one file":
            yield Step(builder=builder)


class Twin:
    """The same steps under plain Sphinx, taken no earlier than they are asked for."""

    def __init__(self, root: Path, steps: Sequence[Step]) -> None:
        self._root = root
        self._steps = enumerate(steps)
        self._house: House | None = None
        self._blog = begin_blog()

    def find_stale(self, number: int) -> set[str]:
        """Return the files that are stale after the step ``number``, counted from 0."""
        if self._house is None:
            self._house = House(self._root, is_plain=True)
            self._blog = self._house.move_in()
        for taken, step in self._steps:
            self._blog, warm = take_step(self._house, self._blog, step)
            if taken == number:
                cold = self._house.build_cold(step.builder)
                return set(find_differences(warm or {}, cold))
        message = f"step {number} was taken before"
        raise LookupError(message)


def _describe(
    steps: Sequence[Step], warm: Files, cold: Files, wrong: Sequence[str]
) -> str:
    told = [f"  {number}. {step}" for number, step in enumerate(steps, start=1)]
    found = itertools.chain.from_iterable(_compare(n, warm, cold) for n in wrong)
    return "\n".join(["warm differs from cold after these steps:", *told, *found])


def _compare(name: str, warm: Files, cold: Files) -> Iterator[str]:
    if name not in warm or name not in cold:
        yield f"{name}: only in the {'warm' if name in warm else 'cold'} build"
        return
    try:
        texts = [files[name].decode().splitlines() for files in (warm, cold)]
    except UnicodeDecodeError:
        yield f"{name}: not the same bytes"
        return
    lines = difflib.unified_diff(*texts, f"warm/{name}", f"cold/{name}", "", "", 1, "")
    yield from itertools.islice(lines, 30)
