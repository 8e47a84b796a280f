from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_leadposts.model.guide import GuideBook
from sphinx_leadposts.model.leading import CallPart, GuidePostsPart, ReadingPart
from sphinx_leadposts.sphinx_ext.reading_phase.changed_pictures import ChangeFinder
from sphinx_leadposts.sphinx_ext.writing_phase import freshness, ledger, pages
from tests.law.blog import TARGETS
from tests.law.court import Tally, check_law
from tests.law.deck import MANNERS, deal_sequences, find_fewest
from tests.law.edits import EDITS, Step, edit_blog
from tests.law.extension import Fuse
from tests.law.house import BUILDERS, House, find_differences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: As many tests of equal shares, for as many cores.
SHARES = 2


@pytest.mark.law
@pytest.mark.parametrize("share", range(SHARES))
def test_a_warm_build_equals_a_cold_one(
    request: pytest.FixtureRequest, share: int
) -> None:
    count = request.config.getoption("--law-sequences") // SHARES
    length = request.config.getoption("--law-steps")
    seed = request.config.getoption("--law-seed") * SHARES + share
    tally = Tally()
    for steps in deal_sequences(count, length, seed):
        if not holds(steps, tally):
            # Told by the few steps that matter.
            with tempfile.TemporaryDirectory() as folder:
                check_law(Path(folder), find_fewest(steps, holds))
            pytest.fail(f"The law was broken once, and held the second time: {steps}")
    print(tally)  # noqa: T201 - shown by pytest -s, or when what follows fails
    dealt = count * length
    for edit in EDITS:
        # Some have no sense, as a rename has none where all names are taken.
        assert tally.edits[edit] >= dealt // len(EDITS) // 4, edit
    least = dealt // 16
    for manner in set(MANNERS):
        done = sum(n for name, n in tally.builds.items() if name.endswith(manner))
        assert done >= least, manner
    for builder in BUILDERS:
        done = sum(n for name, n in tally.builds.items() if name.startswith(builder))
        assert done >= least, builder
    assert tally.subtracted.total() <= tally.compared / 10


def holds(steps: Sequence[Step], tally: Tally | None = None) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            check_law(Path(folder), steps, tally=tally)
        # A build that breaks down breaks the law as well.
        except Exception:
            return False
    return True


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([Step(edit=edit, which=which, value=9)], id=f"{edit} {name}")
        for edit in ("retitle", "redate", "draft", "edit body")
        for which, name in enumerate(("alpha", "beta"))
    ]
    + [
        # Not beta: MyST looks for the files of its links when it reads, not later.
        pytest.param([Step(edit="rename")], id="rename alpha"),
        pytest.param([Step(edit="delete")], id="delete alpha"),
        pytest.param(
            [Step(edit="draft"), Step(edit="retitle", value=9)],
            id="retitle a draft",
        ),
        pytest.param(
            [
                Step(edit="edit body", which=2, value=3),
                Step(edit="retitle", which=1, value=9),
            ],
            id="retitle behind a Markdown link",
        ),
        pytest.param(
            [Step(edit="draft"), Step(edit="draft", builder="dirhtml"), Step()],
            id="publish a draft",
        ),
        *(
            pytest.param(
                [Step(edit=edit, which=which, value=value)],
                id=f"{edit} {which}, {value}",
            )
            for edit in ("swap picture", "damage picture", "rename picture")
            for which in (0, 2)
            for value in (0, 1)
        ),
        pytest.param(
            [Step(edit="damage picture"), Step(edit="damage picture")],
            id="heal a picture",
        ),
        pytest.param(
            [Step(edit="rename picture", value=1), Step(edit="rename picture")],
            id="find a picture again",
        ),
        pytest.param(
            [Step(edit="draft"), Step(edit="delete")],
            id="delete a draft",
        ),
    ],
)
def test_pages_follow_posts_further_than_plain_sphinx(
    tmp_path: Path, steps: list[Step]
) -> None:
    check_law(tmp_path, steps, is_strict=True)


@pytest.mark.parametrize(
    "edit",
    [
        *("toggle guide", "retitle guide", "describe guide", "retag guide"),
        *("review guide", "edit call", "lead on", "name guides"),
        *("describe page", "claim tags", "toggle page"),
    ],
)
def test_pages_follow_guides_of_which_plain_sphinx_knows_nothing(
    tmp_path: Path, edit: str
) -> None:
    steps = [Step(edit=edit, which=n % 2, value=10 + n) for n in range(3)]
    check_law(tmp_path, steps, is_strict=True)


@pytest.mark.parametrize("which", [0, 1])
def test_pages_follow_a_guide_wherever_it_moves(tmp_path: Path, which: int) -> None:
    steps = [Step(edit="move guide", which=which, value=n) for n in range(len(TARGETS))]
    check_law(tmp_path, steps, is_strict=True)


@pytest.mark.parametrize("written", [1, 4, 9])
def test_a_build_that_was_cut_off_leaves_nothing_behind(
    tmp_path: Path, written: int
) -> None:
    house = House(tmp_path)
    before = house.move_in()
    house.receive(edit_blog(before, Step(edit="retitle", which=1, value=9)))
    with Fuse.lit(written):
        house.build("html")
    house.receive(before)
    assert find_differences(house.build("html"), house.build_cold("html")) == []


def test_of_a_sequence_that_breaks_the_law_the_fewest_steps_are_told() -> None:
    steps = [Step(edit="retitle", value=value) for value in range(6)]
    both = {steps[1], steps[4]}
    fewest = find_fewest(steps, lambda some: not both <= set(some))
    assert fewest == [steps[1], steps[4]]


# The law is worth what it catches -----------------------------------------------------


def _make_digests_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    def digest(env: Any, _options: str) -> dict[str, str]:
        return dict.fromkeys(env.all_docs, "same")

    monkeypatch.setattr(pages, "digest_pages", digest)


def _make_state_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "digest_state", lambda *_: "same")


def _leave_leftovers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.PageKeeper, "remove_leftovers", lambda *_: None)


def _forget_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def enter(**fields: Any) -> ledger.PageEntry:
        return ledger.PageEntry(**fields | {"pictures": ()})

    monkeypatch.setattr(pages, "PageEntry", enter)


def _trust_what_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(path: Path) -> ledger.Ledger:
        return replace(ledger.load_ledger(path), is_finished=True)

    monkeypatch.setattr(pages, "load_ledger", load)


def _enter_pages_that_were_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    update = pages.PageKeeper._update

    def enter_all(self: Any, builder: Any, path: Path) -> ledger.Ledger:
        digests = pages.digest_pages(builder.env, self._options)
        self._written = dict.fromkeys(digests, ()) | self._written
        return update(self, builder, path)

    monkeypatch.setattr(pages.PageKeeper, "_update", enter_all)


def _share_one_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    def locate(builder: Any) -> Path:
        return Path(builder.doctreedir, "ledger")

    monkeypatch.setattr(pages, "_locate_ledger", locate)


def _ignore_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "_describe_link", lambda *_: ())


def _ignore_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    _blind_digests(monkeypatch, GuideBook, "leads_to_guide", False)


def _ignore_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    _blind_digests(monkeypatch, ReadingPart, "answer", None)


def _ignore_clusters(monkeypatch: pytest.MonkeyPatch) -> None:
    _blind_digests(monkeypatch, GuidePostsPart, "answer", None)


def _ignore_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    _blind_digests(monkeypatch, CallPart, "answer", None)


def _blind_digests(
    monkeypatch: pytest.MonkeyPatch, part: type, name: str, answer: object
) -> None:
    """Have digests, and nothing else, get ``answer`` from a method of ``part``."""
    digest_pages = pages.digest_pages

    def digest(env: Any, options: str) -> dict[str, str]:
        with monkeypatch.context() as inner:
            inner.setattr(part, name, lambda *_: answer)
            return digest_pages(env, options)

    monkeypatch.setattr(pages, "digest_pages", digest)


def _ignore_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "read_registries", lambda _: "same")


def _trust_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChangeFinder, "find_outdated", lambda *_: [])


RETITLED = Step(edit="retitle", value=9)


@pytest.mark.law
@pytest.mark.parametrize(
    ("plant", "steps"),
    [
        (_make_digests_constant, [RETITLED]),
        (_make_state_constant, [RETITLED]),
        (_leave_leftovers, [Step(edit="draft", which=1)]),
        (_leave_leftovers, [Step(edit="delete", which=1)]),
        (_forget_pictures, [Step(edit="swap picture")]),
        (_trust_times, [Step(edit="swap picture", value=1)]),
        (
            _trust_what_was_cut_off,
            [replace(RETITLED, value=4, manner="cut off", is_reverted=True)],
        ),
        (_enter_pages_that_were_not_written, [replace(RETITLED, manner="one file")]),
        (_share_one_ledger, [RETITLED]),
        (_ignore_links, [replace(RETITLED, which=1)]),
        (_ignore_links, [Step(edit="retitle guide", value=9)]),
        (_ignore_registries, [Step(edit="retitle guide", value=9)]),
        (_ignore_sentences, [Step(edit="toggle guide")]),
        (_ignore_reading, [Step(edit="review guide", which=1, value=9)]),
        (_ignore_clusters, [Step(edit="lead on", which=4)]),
        (_ignore_calls, [Step(edit="edit call", value=1)]),
    ],
)
def test_the_law_catches_a_fault_in_the_ledger(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    plant: Callable[[pytest.MonkeyPatch], None],
    steps: list[Step],
) -> None:
    # What plain Sphinx does not follow, links among it, needs the strict law.
    is_strict = plant is _ignore_links
    check_law(tmp_path / "sound", steps, is_strict=is_strict)
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=r"warm differs|unexpected warnings"):
        check_law(tmp_path / "faulty", steps, is_strict=is_strict)
