from __future__ import annotations

import functools
import itertools
import resource
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.law import faults
from tests.law.blog import TARGETS, begin_blog
from tests.law.court import LATE, Tally, check_law, take_step
from tests.law.deck import FULL_TEXTS, MANNERS, deal_sequences, find_fewest
from tests.law.edits import EDITS, edit_blog
from tests.law.extension import Fuse
from tests.law.feeds import leave_texts_out
from tests.law.house import BUILDERS, MODELS, House, find_differences
from tests.law.settings import CHOICES
from tests.law.step import Step
from tests.law.web_edits import WEB_EDITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: So many tests of equal shares, for any number of cores.
SHARES = 8


#: So many broken sequences are looked into; the others will be of the same kind.
PATIENCE = 3


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where houses stand one after the other, the first of them a model."""
    folder = tmp_path_factory.mktemp("ground")
    (folder / MODELS).mkdir()
    return folder


@pytest.mark.law
@pytest.mark.parametrize("share", range(SHARES))
def test_a_warm_build_equals_a_cold_one(
    request: pytest.FixtureRequest, ground: Path, share: int
) -> None:
    tally = Tally()
    broken: list[list[Step]] = []
    log = request.config.getoption("--law-log")
    for number, steps in enumerate(deal_share(request.config, share)):
        start = time.monotonic()
        if error := find_fault(ground, steps, tally):
            broken.append(steps)
            note(log, f"{share}.{number}: {type(error).__name__}: {error}")
        taken_s = time.monotonic() - start
        note(log, f"{share}.{number}: {len(broken)} broken, {taken_s:.1f} s")
        if len(broken) == PATIENCE:
            break
    print(tally)  # noqa: T201 - shown by pytest -s, or when what follows fails
    if broken:
        pytest.fail("\n\n".join(tell(ground, steps) for steps in broken))
    assert tally.compared
    assert tally.subtracted.total() <= tally.compared / 10


@pytest.mark.law
def test_every_edit_and_every_build_has_its_turns(pytestconfig: pytest.Config) -> None:
    cards: Counter[str] = Counter()
    edits: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for share in range(SHARES):
        for steps in deal_share(pytestconfig, share):
            blog = begin_blog()
            for step in steps:
                before, blog = blog, edit_blog(blog, step)
                cards[step.edit] += 1
                edits[step.edit] += blog != before
                others.update((step.manner, step.builder))
                blog = before if step.is_reverted else blog
    assert cards.keys() == EDITS.keys() - {"nothing"}
    # Some have no sense, as a rename has none where all names are taken.
    dealt = sum(others[builder] for builder in BUILDERS)
    few = dealt // len(EDITS) // 4
    assert [edit for edit in cards if edits[edit] < few] == []
    rare = dealt // 16
    assert [name for name in (*MANNERS, *BUILDERS) if others[name] < rare] == []


def deal_share(config: pytest.Config, share: int) -> Iterator[list[Step]]:
    """Yield the sequences of a share; all shares have theirs of the same decks."""
    options = (config.getoption(f"--law-{n}") for n in ("sequences", "steps", "seed"))
    return itertools.islice(deal_sequences(*options), share, None, SHARES)


def tell(ground: Path, steps: Sequence[Step]) -> str:
    """Tell how ``steps`` break the law, by the few of them that matter."""
    fewest = find_fewest(steps, lambda some: find_fault(ground, some) is None)
    if error := find_fault(ground, fewest):
        return f"{type(error).__name__}: {error}"
    return f"The law was broken once, and held the second time: {steps}"


def note(log: str | None, line: str) -> None:
    """Add ``line`` to the log, if there is one, with the memory used at most."""
    if log:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(f"{line}, {peak} MB\n")


def find_fault(
    ground: Path, steps: Sequence[Step], tally: Tally | None = None
) -> Exception | None:
    """Return what breaks the law in ``steps``, a build that breaks down included."""
    try:
        check_law(ground, steps, tally=tally)
    except Exception as error:
        return error
    return None


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([Step(edit=edit, which=which, value=9)], id=f"{edit} {name}")
        for edit in ("retitle", "redate", "draft", "edit body")
        for which, name in enumerate(("alpha", "beta"))
    ]
    + [
        # Of beta, a Markdown link names the file.
        *(
            pytest.param([Step(edit=edit, which=which)], id=f"{edit} {name}")
            for edit in ("rename", "delete")
            for which, name in enumerate(("alpha", "beta"))
        ),
        pytest.param(
            [Step(edit="delete", which=1), Step(edit="add", which=0, value=9)],
            id="bring beta back",
        ),
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
    ground: Path, steps: list[Step]
) -> None:
    check_law(ground, steps, is_strict=True)


@pytest.mark.parametrize(
    "edit",
    [
        *("toggle guide", "retitle guide", "describe guide", "retag guide"),
        *("review guide", "edit call", "lead on", "name guides"),
        *("describe page", "claim tags", "toggle page"),
    ],
)
def test_pages_follow_guides_of_which_plain_sphinx_knows_nothing(
    ground: Path, edit: str
) -> None:
    steps = [Step(edit=edit, which=n % 2, value=10 + n) for n in range(3)]
    check_law(ground, steps, is_strict=True)


@pytest.mark.law
@pytest.mark.parametrize(
    "edit",
    [
        *("categorize", "sign", "join series", "number part", "feature", "expire"),
        *("relate", "toggle tag", "label tag", "describe tag", "alias tag"),
        *("parent tag", "hide tag", "toggle writer", "name writer", "link writer"),
        *("describe writer", "let time pass", "upgrade"),
        *(f"set {name}" for name in CHOICES),
    ],
)
def test_pages_follow_archives_settings_and_the_clock(ground: Path, edit: str) -> None:
    steps = [Step(edit=edit, which=n % 2, value=10 + n) for n in range(3)]
    check_law(ground, steps, is_strict=True)


@pytest.mark.law
@pytest.mark.parametrize("texts", [[], [FULL_TEXTS]], ids=["summaries", "full texts"])
@pytest.mark.parametrize("edit", [*WEB_EDITS, "focus picture", "edit body"])
def test_feeds_redirects_and_heads_follow_posts_and_the_site(
    ground: Path, edit: str, texts: list[Step]
) -> None:
    steps = [Step(edit=edit, which=n % 2, value=10 + n) for n in range(3)]
    check_law(ground, [*texts, *steps])


@pytest.mark.law
@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(
            [
                # The first post says that it stood where another comes to be.
                Step(edit="readdress", value=4),
                Step(edit="add", which=2, value=3),
                Step(edit="delete", which=5),
            ],
            id="a post",
        ),
        pytest.param(
            [
                # A tag has no post any more, and has one again.
                Step(edit="readdress", value=5),
                Step(edit="retag", which=1, value=1),
                Step(edit="retag", which=1, value=2),
            ],
            id="an archive",
        ),
        pytest.param(
            [
                # The second post is newer, so the address is its own, until it goes.
                Step(edit="readdress", which=1, value=1),
                Step(edit="retitle", which=1, value=9),
                Step(edit="draft", which=1),
            ],
            id="another redirect",
        ),
        pytest.param(
            [Step(edit="toggle own file"), Step(edit="readdress")],
            id="a file of the author",
        ),
    ],
)
def test_redirects_come_and_go_with_what_else_stands_there(
    ground: Path, steps: list[Step]
) -> None:
    check_law(ground, steps)


@pytest.mark.law
@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (0, "STARTING"),
        (17, "READING"),
        (20, "READING"),
        (36, "WRITING"),
        (34, "WRITING"),
        (40, "WRITING"),
        (45, "WRITING"),
        # Here each is half a file that is written beside the pages.
        (0, "PUBLISHING"),
        (3, "PUBLISHING"),
        (6, "PUBLISHING"),
        (9, "PUBLISHING"),
        (21, "PUBLISHING"),
    ],
)
def test_a_build_that_was_killed_leaves_nothing_behind(
    ground: Path, moment: int, phase: str
) -> None:
    tally = Tally()
    which = LATE if phase == "PUBLISHING" else 1
    edit = Step(edit="add", which=which, value=moment, manner="killed")
    check_law(ground, [edit, replace(edit, is_reverted=True)], tally=tally)
    assert tally.deaths[phase] == 2


@pytest.mark.law
@pytest.mark.parametrize("moment", [50, 52, 54, 56, 60])
def test_a_build_that_was_killed_before_its_first_page_is_made_good(
    ground: Path, moment: int
) -> None:
    # Every page shows the name of the project, and plain Sphinx has saved by then
    # that it knows the new one.
    steps = [Step(edit="set project", which=0, value=moment, manner="killed")]
    check_law(ground, steps)


@pytest.mark.parametrize("kind", ["atom.xml", "rss.xml", "feed.json"])
def test_only_the_texts_of_stale_pages_are_left_out_of_feeds(
    ground: Path, kind: str
) -> None:
    house = House(ground / "ours")
    _, files = take_step(house, house.move_in(), FULL_TEXTS)
    assert files
    name = f"blog/{kind}"
    content = files[name]
    left = leave_texts_out(name, content, ["posts/epsilon.html", "index.html"])
    assert leave_texts_out(name, content, ["posts/psilon.html"]) == content
    assert leave_texts_out("a.html", content, ["posts/epsilon.html"]) == content
    assert b"This is version 4 of the text" in left
    assert content.count(b"That is all there is") == 3
    assert left.count(b"That is all there is") == 2
    assert b"The fifth" in left


@pytest.mark.parametrize("which", [0, 1])
def test_pages_follow_a_guide_wherever_it_moves(ground: Path, which: int) -> None:
    steps = [Step(edit="move guide", which=which, value=n) for n in range(len(TARGETS))]
    check_law(ground, steps, is_strict=True)


@pytest.mark.parametrize("written", [1, 4, 9])
def test_a_build_that_was_cut_off_leaves_nothing_behind(
    ground: Path, written: int
) -> None:
    house = House(ground / "ours")
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


RETITLED = Step(edit="retitle", value=9)
#: Most pages have no sidebar, and of the footer only one part.
BARE = Step(edit="set html_sidebars", value=1)
NEAR = Step(edit="set leadposts_footer", value=1)
UNRELATED = Step(edit="set leadposts_related", value=0)
IN_SERIES = replace(NEAR, value=2)
RELATED = replace(NEAR, value=3)
NO_FOOTER = replace(NEAR, value=4)
#: The post that "add" makes gives a year its second page.
THREE_A_PAGE = Step(edit="set leadposts_page_size", value=1)
ADDED = Step(edit="add", which=1, value=34)


READDRESSED = Step(edit="readdress", value=1)
EMPHASIZED = Step(edit="emphasize", which=4)
ONE_FORM = Step(edit="set leadposts_feeds")


@pytest.mark.law
@pytest.mark.parametrize(
    ("plant", "steps"),
    [
        (faults.make_digests_constant, [RETITLED]),
        (faults.make_state_constant, [RETITLED]),
        (faults.make_public_constant, [RETITLED]),
        (faults.leave_leftovers, [Step(edit="draft", which=1)]),
        (faults.leave_leftovers, [Step(edit="delete", which=1)]),
        (faults.forget_pictures, [Step(edit="swap picture")]),
        (faults.trust_times, [Step(edit="swap picture", value=1)]),
        (
            faults.trust_what_was_cut_off,
            [replace(RETITLED, value=4, manner="cut off", is_reverted=True)],
        ),
        (
            faults.enter_pages_that_were_not_written,
            [replace(RETITLED, manner="one file"), Step()],
        ),
        (faults.share_one_ledger, [RETITLED]),
        (faults.ignore_links, [BARE, NO_FOOTER, replace(RETITLED, which=1)]),
        (faults.ignore_links, [Step(edit="retitle guide", value=9)]),
        (faults.ignore_registries, [Step(edit="retitle guide", value=9)]),
        (faults.ignore_sentences, [BARE, NO_FOOTER, Step(edit="toggle guide")]),
        (faults.ignore_reading, [Step(edit="review guide", which=1, value=9)]),
        (faults.ignore_clusters, [Step(edit="lead on", which=4)]),
        (faults.ignore_calls, [Step(edit="edit call", value=1)]),
        (faults.ignore_archive_lists, [BARE, Step(edit="name writer", value=1)]),
        (faults.ignore_archive_names, [BARE, Step(edit="name writer", value=1)]),
        (faults.ignore_tag_lists, [Step(edit="parent tag", which=2)]),
        (faults.ignore_headers, [BARE, NEAR, Step(edit="name writer", value=1)]),
        (faults.ignore_runs, [BARE, Step(edit="describe tag", value=1)]),
        (faults.ignore_neighbours, [BARE, NEAR, UNRELATED, RETITLED]),
        (faults.ignore_related, [BARE, RELATED, RETITLED]),
        (faults.ignore_series, [BARE, IN_SERIES, Step(edit="retitle", value=9)]),
        (faults.ignore_sidebars, [RETITLED]),
        (faults.ignore_settings, [Step(edit="set leadposts_date_format")]),
        (faults.ignore_version, [Step(edit="upgrade")]),
        (faults.ignore_relations, [Step(edit="edit body", which=1, value=11)]),
        (faults.keep_relations, [Step(edit="relate", value=2)]),
        (faults.keep_registries, [Step(edit="label tag", value=1)]),
        (faults.keep_overlay, [Step(edit="set leadposts_title")]),
        (faults.leave_leftovers, [Step(edit="expire", which=1, value=0)]),
        (
            faults.leave_leftovers,
            [
                Step(edit="expire", which=1, value=1),
                Step(edit="let time pass", value=2),
            ],
        ),
        # Not killed: the process that is does not have the fault.
        (
            faults.mark_nothing,
            [replace(RETITLED, value=4, manner="cut off", is_reverted=True)],
        ),
        (
            faults.forget_planned_pages,
            [THREE_A_PAGE, replace(ADDED, manner="cut off", is_reverted=True)],
        ),
        # The text alone has changed: only its digest tells.
        (faults.leave_texts_out, [FULL_TEXTS, EMPHASIZED]),
        # The text alone has changed: nothing that is recorded of the blog tells.
        (faults.overlook_texts, [FULL_TEXTS, EMPHASIZED]),
        # One builder renders a post, and the other makes its feeds of all of them.
        (faults.share_texts, [FULL_TEXTS, Step(builder="dirhtml"), EMPHASIZED]),
        # The head of a post has its number in a series, which another post leaves.
        (faults.ignore_heads, [BARE, NO_FOOTER, Step(edit="join series")]),
        # Two forms of each feed go, and a redirect does.
        (faults.keep_published, [ONE_FORM]),
        (faults.keep_published, [replace(READDRESSED, value=0)]),
        # No record of the blog tells how many posts are in a feed.
        (faults.ignore_length, [Step(edit="set leadposts_feed_length")]),
        # The first files were written with a title that is taken back.
        (
            faults.trust_published,
            [replace(RETITLED, value=9, manner="cut off", is_reverted=True)],
        ),
        # The redirect that was written before the build was cut off is not due then.
        (
            faults.doubt_known_alone,
            [replace(READDRESSED, value=36, manner="cut off", is_reverted=True)],
        ),
        # The redirect shows the title of its post.
        (faults.keep_titles_of_redirects, [RETITLED]),
        # A feed is not there any more, and nothing else has changed.
        (faults.trust_output, [Step(edit="lose file", value=2)]),
    ],
)
def test_the_law_catches_a_fault_in_the_ledger(
    tmp_path: Path,
    ground: Path,
    monkeypatch: pytest.MonkeyPatch,
    plant: Callable[[pytest.MonkeyPatch], None],
    steps: list[Step],
) -> None:
    # What plain Sphinx does not follow, links among it, needs the strict law. Where a
    # sound build has nothing to be excused for, a faulty one has not, either.
    is_strict = plant is faults.ignore_links
    excused = check_sound(ground, tuple(steps), is_strict=is_strict)
    # The first build of a faulty extension has the fault: no model serves.
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=r"warm differs|unexpected warnings"):
        check_law(tmp_path, steps, is_strict=not excused, is_closed=False)


@functools.cache
def check_sound(ground: Path, steps: tuple[Step, ...], *, is_strict: bool) -> int:
    """Fail unless the law holds without a fault; once for all who take these steps.

    Returns how often what plain Sphinx leaves stale was no fault.
    """
    tally = Tally()
    check_law(ground, steps, tally=tally, is_strict=is_strict, is_closed=False)
    return tally.subtracted.total()
