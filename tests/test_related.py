"""Related posts: what is alike stands together, and no post is forgotten."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_leadposts.model.related import (
    Profile,
    Reason,
    Relation,
    find_ground,
    loosen_title,
    relate_posts,
)
from sphinx_leadposts.model.related_likeness import measure_rarity
from sphinx_leadposts.model.related_terms import (
    MOST_TERMS,
    Terms,
    collect_terms,
    number_stem,
    pack_terms,
    unpack_terms,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Relations = Mapping[str, tuple[Relation, ...]]

TOPICS = 12
POSTS = 300


#: Titles that differ in numbers alone are alike, so numbers are spelled in letters.
LETTERS = str.maketrans("0123456789", "abcdefghkl")


def make_terms(counts: Mapping[str, int]) -> Terms:
    stems = {number_stem(stem): stem for stem in counts}
    numbers = {number_stem(stem): count for stem, count in counts.items()}
    return collect_terms(numbers, stems)


def post(name: str, text: str = "", **fields: object) -> Profile:
    terms = make_terms(Counter(text.split()))
    known = {"title": f"About {name.translate(LETTERS)}", "terms": terms, **fields}
    return Profile(docname=name, **known)  # type: ignore[arg-type]


def names(relations: Relations, docname: str) -> list[str]:
    return [relation.docname for relation in relations[docname]]


def count_recommended(relations: Relations) -> Counter[str]:
    return Counter(one.docname for some in relations.values() for one in some)


def power_law(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 2.7) for rank in range(count)))


@pytest.fixture(scope="module")
def blog() -> list[Profile]:
    """Posts of 780 words, one in eight of them from the vocabulary of its topic."""
    rng = random.Random(6)  # noqa: S311 - these posts keep no secrets
    vocabulary = [f"w{number}".translate(LETTERS) for number in range(6000)]
    topics = [rng.sample(vocabulary[150:], 300) for _ in range(TOPICS)]
    common, special = power_law(6000), power_law(300)
    posts = []
    for number in range(POSTS):
        topic = number % TOPICS
        ours = sum(rng.random() < 1 / 8 for _ in range(780))
        words = rng.choices(vocabulary, cum_weights=common, k=780 - ours)
        words += rng.choices(topics[topic], cum_weights=special, k=ours)
        tags = {f"tag {rng.randrange(20)}"}
        if rng.random() < 0.8:
            tags.add(f"topic {topic}")
        posts.append(
            post(
                f"{topic}/{number}",
                " ".join(words),
                title=" ".join(words[:5]),
                tags=frozenset(tags),
                timestamp=float(rng.randrange(10**9)),
            )
        )
    return posts


def exact_likeness(posts: list[Profile]) -> Callable[[str, str], float]:
    """The cosine of all that two posts have in common, by the textbook, in floats."""
    total = len(posts)
    terms = Counter(term for one in posts for term in one.terms)
    tags = Counter(tag for one in posts for tag in one.tags)
    vectors = {}
    for one in posts:
        vector: dict[int | str, float] = {
            term: step * math.log2(1 + total / terms[term])
            for step, numbers in zip((4, 3, 2, 1), one.terms.steps, strict=True)
            for term in numbers
            if 1 < terms[term] <= 50
        }
        vector |= {tag: 4 * math.log2(1 + total / tags[tag]) for tag in one.tags}
        length = math.hypot(*vector.values())
        vectors[one.docname] = {key: size / length for key, size in vector.items()}

    def likeness(one: str, other: str) -> float:
        left, right = vectors[one], vectors[other]
        return sum(left[key] * right[key] for key in left.keys() & right.keys())

    return likeness


def test_quotas_cost_little_likeness(blog: list[Profile]) -> None:
    likeness = exact_likeness(blog)
    relations = relate_posts(blog)
    ours = best = 0.0
    for one in blog:
        others = [other.docname for other in blog if other is not one]
        every = sorted((likeness(one.docname, other) for other in others), reverse=True)
        best += sum(every[:5])
        ours += sum(likeness(one.docname, n) for n in names(relations, one.docname))
    assert ours >= 0.95 * best


def test_every_post_is_recommended_three_to_eight_times(blog: list[Profile]) -> None:
    relations = relate_posts(blog)
    recommended = count_recommended(relations)
    assert {len(some) for some in relations.values()} == {5}
    assert len(recommended) == POSTS
    assert min(recommended.values()) >= 3
    assert max(recommended.values()) <= 8
    # Without quotas it would not be so, or this test would show nothing.
    free = count_recommended(relate_posts(blog, least=0, most=POSTS))
    assert len(free) < POSTS
    assert max(free.values()) > 8


def test_nine_of_ten_places_go_to_the_same_topic(blog: list[Profile]) -> None:
    relations = relate_posts(blog)
    pairs = [(one, r.docname) for one, some in relations.items() for r in some]
    same = sum(one.split("/")[0] == other.split("/")[0] for one, other in pairs)
    assert same >= 0.9 * len(pairs)


def test_the_score_is_the_cosine(blog: list[Profile]) -> None:
    likeness = exact_likeness(blog)
    for one, some in relate_posts(blog).items():
        # The strongest terms alone make the vector, so it may be a little more or less.
        for relation in some:
            exact = likeness(one, relation.docname)
            assert abs(relation.score / 1e6 - exact) < 0.15


def test_two_topics() -> None:
    bread = "yeast flour dough oven crust"
    bikes = "wheel chain brake saddle gear"
    texts = {"a": bread, "b": bikes, "c": bread, "d": bikes, "e": bread, "f": bikes}
    relations = relate_posts([post(n, text) for n, text in texts.items()], count=2)
    assert set(names(relations, "a")) == {"c", "e"}
    assert set(names(relations, "b")) == {"d", "f"}
    assert {r.reason for some in relations.values() for r in some} == {Reason.ALIKE}


def test_tags_alone_make_posts_alike() -> None:
    tags = ["x", "y", "x", "y", "z", "z"]
    posts = [post(str(n), tags=frozenset([tag])) for n, tag in enumerate(tags)]
    relations = relate_posts(posts, count=3, least=1)
    assert [names(relations, n) for n in "0123"] == [["2"], ["3"], ["0"], ["1"]]


def test_a_tag_on_nearly_all_posts_does_not_count() -> None:
    posts = [post(str(n), tags=frozenset({"all"})) for n in range(10)]
    relations = relate_posts(posts)
    assert {one.score for some in relations.values() for one in some} == {0}


def test_a_tag_on_many_posts_is_found_without_text() -> None:
    # Too many to look at each, and yet these have something in common.
    posts = [
        post(f"{n:04}", tags=frozenset({f"tag {n % 2}"}), timestamp=-n)
        for n in range(1000)
    ]
    relations = relate_posts(posts)
    assert {len(some) for some in relations.values()} == {5}
    for one, some in relations.items():
        assert all(int(r.docname) % 2 == int(one) % 2 and r.score for r in some)


def test_declared_relations_come_first_in_their_order() -> None:
    posts = [post(name, "yeast flour dough") for name in "abcdefgh"]
    posts.append(post("z", "wheel", declared=("y", "c", "z", "a", "c")))
    relations = relate_posts(posts)
    assert names(relations, "z")[:2] == ["c", "a"]
    reasons = [one.reason for one in relations["z"]]
    assert reasons[:2] == [Reason.DECLARED] * 2
    assert Reason.DECLARED not in reasons[2:]


def test_quotas_leave_what_is_declared() -> None:
    posts = [
        post(f"{n}", "yeast flour dough", declared=("0",) if n else ())
        for n in range(20)
    ]
    relations = relate_posts(posts)
    assert all(names(relations, f"{n}")[0] == "0" for n in range(1, 20))
    recommended = count_recommended(relations)
    assert recommended.pop("0") == 19
    assert min(recommended.values()) >= 3
    assert max(recommended.values()) <= 8


def test_more_declared_than_there_are_places() -> None:
    posts = [post(name) for name in "abcdefgh"]
    posts.append(post("z", declared=("h", "g", "f", "e", "d", "c", "b")))
    assert names(relate_posts(posts), "z") == ["h", "g", "f", "e", "d"]


def test_titles_alike_do_not_stand_side_by_side() -> None:
    text = "yeast flour dough oven"
    posts = [
        post("start", text),
        post("one", text, title="Bread, part 1"),
        post("two", text, title="Bread: Part II"),
        post("other", "yeast flour wheel"),
        post("another", "yeast dough wheel"),
    ]
    relations = relate_posts(posts, count=3, least=0)
    shown = names(relations, "start")
    assert len({"one", "two"} & set(shown)) == 1
    assert {"other", "another"} < set(shown)
    # Nothing else is there, so both are shown.
    relations = relate_posts(posts[:3], count=3)
    assert set(names(relations, "start")) == {"one", "two"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is X?", "What is X"),
        ("Testing, Part 1", "Testing: part II"),
        ("Python 3.11 is out", "Python 3.12 is out!"),
        ("第1部：パン", "第2部 パン"),
    ],
)
def test_titles_that_are_nearly_the_same(one: str, other: str) -> None:
    assert loosen_title(one) == loosen_title(other).replace("  ", " ")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Learning C", "Learning C++"), ("C", "C#"), ("What is X?", "What is Y?")],
)
def test_titles_that_are_not(one: str, other: str) -> None:
    assert loosen_title(one) != loosen_title(other)


def test_equally_alike_the_newer_goes_first_then_the_docname() -> None:
    text = "yeast flour dough"
    posts = [
        post("undated", text),
        post("old", text, timestamp=1.0),
        post("new", text, timestamp=2.0),
        post("b", text, timestamp=1.5),
        post("a", text, timestamp=1.5),
    ]
    assert names(relate_posts(posts), "old") == ["new", "a", "b", "undated"]


@pytest.mark.parametrize("total", range(8))
def test_a_small_blog_recommends_what_it_has(total: int) -> None:
    posts = [post(f"{n}") for n in range(total)]
    relations = relate_posts(posts)
    recommended = count_recommended(relations)
    wanted = min(3, max(total - 1, 0))
    assert [recommended[one.docname] for one in posts] == [wanted] * total
    alike = relate_posts([replace(one, tags=frozenset("x")) for one in posts])
    assert all(len(some) == min(5, total - 1) for some in alike.values())


def test_all_posts_are_the_same() -> None:
    posts = [post(f"{n:03}", "yeast flour", title="Same") for n in range(120)]
    relations = relate_posts(posts)
    recommended = count_recommended(relations)
    assert len(recommended) == 120
    assert min(recommended.values()) >= 3
    assert max(recommended.values()) <= 8


def test_the_ground_of_a_recommendation_can_be_asked() -> None:
    one = post("a", "yeast yeast flour oven", tags=frozenset({"bread", "home"}))
    other = post("b", "flour yeast yeast bike", tags=frozenset({"bread", "sport"}))
    rest = [post("c", "flour"), post("d", "bike", tags=frozenset({"sport"}))]
    ground = find_ground(one, other, [one, other, *rest])
    assert ground.tags == ("bread",)
    assert ground.stems == ("yeast", "flour")


def test_rarity_is_the_logarithm_in_sixteenths() -> None:
    for total, frequency in [(1, 1), (10, 3), (300, 50), (10_000, 2)]:
        exact = 16 * math.log2(1 + total / frequency)
        assert 0 <= exact - measure_rarity(frequency, total) < 1 + 1e-9


stems = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=9)
counts = st.dictionaries(stems, st.integers(0, 99), max_size=300)


@given(counts)
def test_packed_terms_come_back(words: dict[str, int]) -> None:
    terms = make_terms(words)
    packed = pack_terms(terms)
    assert unpack_terms(packed) == terms
    assert len(packed) <= 1284
    assert len(terms) == min(sum(n > 0 for n in words.values()), MOST_TERMS)
    assert set(terms.words.values()) <= words.keys()
    assert terms == make_terms(dict(reversed(words.items())))


@st.composite
def blogs(draw: st.DrawFn) -> list[Profile]:
    total = draw(st.integers(0, 40))
    docnames = [f"p{number}" for number in range(total)]
    stems = st.dictionaries(
        st.sampled_from([f"s{n}" for n in range(12)]), st.integers(1, 9), max_size=5
    )
    tags = st.frozensets(st.sampled_from("xyz"), max_size=2)
    titles = st.sampled_from(["A", "B", "C", "D 1", "D 2"])
    dates = st.none() | st.sampled_from([1.0, 2.0, 3.0])
    return [
        Profile(
            docname=docname,
            title=draw(titles),
            terms=make_terms(draw(stems)),
            tags=draw(tags),
            timestamp=draw(dates),
        )
        for docname in docnames
    ]


@settings(deadline=None)
@given(
    blogs(),
    st.randoms(use_true_random=False),
    st.integers(0, 6),
    st.integers(0, 4),
    st.integers(1, 9),
    st.data(),
)
def test_laws(
    posts: list[Profile],
    rng: random.Random,
    count: int,
    least: int,
    most: int,
    data: st.DataObject,
) -> None:
    with_declared = data.draw(st.booleans()) and posts
    if with_declared:
        docnames = st.sampled_from([one.docname for one in posts])
        posts = [
            replace(one, declared=tuple(data.draw(st.lists(docnames, max_size=3))))
            for one in posts
        ]
    relations = relate_posts(posts, count=count, least=least, most=most)
    shuffled = rng.sample(posts, len(posts))
    again = relate_posts(shuffled, count=count, least=least, most=most)
    assert again == relations
    assert list(again) == list(relations)

    recommended: Counter[str] = Counter()
    for one in posts:
        some = relations[one.docname]
        shown = [relation.docname for relation in some]
        assert one.docname not in shown
        assert len(set(shown)) == len(shown) <= count
        declared = [n for n in dict.fromkeys(one.declared) if n != one.docname]
        assert shown[: len(declared)] == declared[:count]
        rest = [r.score for r in some if r.reason != Reason.DECLARED]
        assert rest == sorted(rest, reverse=True)
        recommended.update(r.docname for r in some if r.reason != Reason.DECLARED)
    assert max(recommended.values(), default=0) <= most
    if not with_declared:
        wanted = min(least, most, count, len(posts) - 1)
        assert all(recommended[one.docname] >= wanted for one in posts)
