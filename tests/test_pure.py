"""The floors below Sphinx: fast, and by law where there is one."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_leadposts.model.address import (
    count_pages,
    find_stand_in,
    number_page,
    slice_page,
)
from sphinx_leadposts.model.archive import KINDS, ArchiveIndex, Shelf, make_key
from sphinx_leadposts.model.catalog import Catalog
from sphinx_leadposts.model.directory import Site
from sphinx_leadposts.model.post import Post
from sphinx_leadposts.model.query import Query, select_posts
from sphinx_leadposts.model.registry import join_location, split_location
from sphinx_leadposts.model.slug import LONGEST, RESERVED, assign_slugs, make_slug
from sphinx_leadposts.reading.dates import DateError, find_day_in_name, parse_moment
from sphinx_leadposts.reading.excerpt import count_words, cut_summary
from sphinx_leadposts.reading.frontmatter import mend_front_matter, read_front_matter
from sphinx_leadposts.reading.media import (
    MediaRoots,
    PictureNotFoundError,
    find_picture,
)
from sphinx_leadposts.reading.post import matches_any, read_source
from sphinx_leadposts.reading.scan import scan_sources
from sphinx_leadposts.reading.source import Rules

RULES = Rules(zone=UTC)

labels = st.text(min_size=1, max_size=12).filter(make_key)


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Digital Marketing", "digital-marketing"),
        ("Node.js", "node-js"),
        ("3.10", "3-10"),
        ("R&D", "r-and-d"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("C", "c"),
        (".NET", "dot-net"),
        ("日本語", "日本語"),
        ("🎉", "party-popper"),
        ("Ünïcode", "ünïcode"),
    ],
)
def test_slugs_are_those_of_other_generators(label: str, slug: str) -> None:
    assert make_slug(label) == slug


@given(st.lists(labels, max_size=12))
def test_no_two_tags_share_an_address(spellings: list[str]) -> None:
    slugs = assign_slugs(ArchiveIndex().choose_labels(spellings))
    assert len(set(slugs.values())) == len(slugs)
    assert not set(slugs.values()) & RESERVED
    assert all(slug and "/" not in slug and slug.strip() for slug in slugs.values())


#: Letters, words and scripts whose characters have one to four bytes.
long_labels = st.text("aé語𠮷 -", min_size=50, max_size=400).filter(
    lambda label: len(label.encode()) > LONGEST and make_key(label)
)


@given(long_labels)
def test_no_slug_is_too_long_for_a_file(label: str) -> None:
    slug = make_slug(label)
    assert len(slug.encode()) <= LONGEST
    # A slug that is fixed to it in a registry is the same address.
    assert slug == make_slug(label) == make_slug(slug)
    assert not {*slug} - {*label, *"-0123456789abcdef"}


@given(long_labels, st.sampled_from(["a", "é", "語", "𠮷", " b"]))
def test_long_labels_that_begin_alike_have_addresses_of_their_own(
    head: str, more: str
) -> None:
    one, other = (make_slug(f"{head}{end}") for end in ("x", f"x{more}"))
    assert one != other


def test_a_long_slug_keeps_whole_words_and_a_short_one_all() -> None:
    assert make_slug("a" * LONGEST) == "a" * LONGEST
    slug = make_slug("Firstname Lastname, " * 20)
    assert re.fullmatch("(firstname-lastname-)+(firstname-)?[0-9a-f]{6}", slug)
    assert LONGEST - 40 < len(slug) <= LONGEST
    slug = make_slug("語" * 100)
    assert re.fullmatch("語{64}-[0-9a-f]{6}", slug)


@given(st.lists(labels, max_size=12), st.randoms())
def test_tags_do_not_depend_on_the_order_of_reading(
    spellings: list[str], random
) -> None:
    posts = [
        Post(docname=f"p{n}", title="", tags=(s,)) for n, s in enumerate(spellings)
    ]
    shuffled = posts[:]
    random.shuffle(shuffled)
    one, other = (
        Catalog(some, site=Site(folders={"tag": "tags"})).tags
        for some in (posts, shuffled)
    )
    assert one == other


@pytest.mark.parametrize(
    "spellings", [("Data Science", "data-science", "DATA_science"), ("SEO", "seo")]
)
def test_case_and_separators_make_no_other_tag(spellings: tuple[str, ...]) -> None:
    assert len({make_key(spelling) for spelling in spellings}) == 1


def test_a_tag_is_labelled_as_most_posts_spell_it() -> None:
    posts = [
        Post(docname=str(n), title="", tags=(tag,))
        for n, tag in enumerate(["seo", "SEO", "SEO"])
    ]
    (tag,) = Shelf("tag", posts).archives
    assert (tag.label, tag.slug, len(tag.posts)) == ("SEO", "seo", 3)


def test_pages_are_numbered_below_their_first() -> None:
    assert number_page("tags/seo", 1) == "tags/seo"
    assert number_page("tags/seo", 2) == "tags/seo/page/2"
    assert number_page("blog/index", 3) == "blog/page/3"


@given(st.integers(0, 500), st.integers(1, 50))
def test_every_post_has_a_place_on_some_page(posts: int, size: int) -> None:
    pages = count_pages(posts, size)
    places = [range(posts)[slice_page(n + 1, posts, size)] for n in range(pages)]
    assert [place for page in places for place in page] == list(range(posts))
    assert all(len(page) == size for page in places[:-1])
    assert len(places[-1]) <= size + size // 4


@given(st.integers(0, 500), st.integers(1, 50))
def test_no_last_page_is_nearly_empty(posts: int, size: int) -> None:
    pages = count_pages(posts, size)
    last = range(posts)[slice_page(pages, posts, size)]
    assert pages == 1 or len(last) > size // 4


def test_a_folder_and_its_index_are_one_address() -> None:
    assert find_stand_in("blog/index", {"blog"}) == "blog"
    assert find_stand_in("tags/seo", {"tags/seo/index"}) == "tags/seo/index"
    assert find_stand_in("tags/seo", {"tags/se"}) is None


ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-05-08", datetime(2025, 5, 8, tzinfo=ZONE)),
        ("2021-9-03", datetime(2021, 9, 3, tzinfo=ZONE)),
        ("2025-05-08 14:30", datetime(2025, 5, 8, 14, 30, tzinfo=ZONE)),
        ("2025-05-08T14:30:00Z", datetime(2025, 5, 8, 16, 30, tzinfo=ZONE)),
        ("2015-01-02 11:00:28 -0400", datetime(2015, 1, 2, 16, 0, 28, tzinfo=ZONE)),
        ("3 Sept, 2024", datetime(2024, 9, 3, tzinfo=ZONE)),
        ("May 23rd, 2023", datetime(2023, 5, 23, tzinfo=ZONE)),
        ("23/04/2023", datetime(2023, 4, 23, tzinfo=ZONE)),
        ("04/04/2023", datetime(2023, 4, 4, tzinfo=ZONE)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, expected: datetime) -> None:
    assert parse_moment(text, ZONE) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-13-01", "no day"),
        ("2023-02-29", "no day"),
        ("03/04/2023", "two ways"),
        ("May 2023", "lacks a part"),
        ("Monday", "lacks a part"),
        ("soon", "not a date"),
        ("", "not a date"),
        ("9" * 400, "not a date"),
        ("2025-05-08 10:00 XYZT", "not a date"),
    ],
)
def test_what_is_not_one_date_is_refused(text: str, why: str) -> None:
    with pytest.raises(DateError, match=why):
        parse_moment(text, ZONE)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert parse_moment(text, UTC).tzinfo is not None
    except DateError as error:
        assert str(error)  # noqa: PT017 - both outcomes are right


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_iso_dates_read_back_equal(moment: datetime) -> None:
    assert parse_moment(moment.isoformat(), UTC) == moment.replace(tzinfo=UTC)


def test_a_day_is_found_in_a_file_name_only_at_its_head() -> None:
    assert find_day_in_name("posts/2023-01-30-title") == "2023-01-30"
    assert find_day_in_name("posts/title-2023-01-30") is None


@given(st.text(max_size=600), st.integers(20, 200))
def test_a_summary_is_never_longer_than_allowed(text: str, limit: int) -> None:
    assert len(cut_summary(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Short.", "Short."),
        ("One sentence here. And then another one.", "One sentence here."),
        ("A single sentence that goes on and on", "A single sentence that…"),
        ("一句话。" * 10, "一句话。" * 6),
    ],
)
def test_a_summary_ends_at_a_sentence_or_a_word(text: str, expected: str) -> None:
    assert cut_summary(text, 26) == expected


def test_words_are_counted_in_every_script() -> None:
    assert count_words("It's a well-known fact") == 4
    assert count_words("日本語の文") == 3
    assert count_words("") == 0


@given(st.text(max_size=200))
def test_any_text_has_front_matter_or_none(text: str) -> None:
    front_matter = read_front_matter(text)
    if front_matter is not None:
        mended = mend_front_matter(text, front_matter)
        assert mended.count("\n") == text.count("\n")
        again = read_front_matter(mended)
        assert again is not None
        assert again.length == front_matter.length


@given(st.text(max_size=80), st.text(max_size=40))
def test_a_source_with_any_front_matter_can_be_read(block: str, body: str) -> None:
    read_source(f"---\n{block}\n---\n{body}", "posts/x", RULES)


def test_scalars_keep_their_spelling() -> None:
    source = read_source("---\ntags: [post, 3.10, no, 12:30, 0123]\n---\n", "x", RULES)
    assert source is not None
    assert source.tags == ("3.10", "no", "12:30", "0123")


@pytest.mark.parametrize(
    ("pattern", "docname", "expected"),
    [
        ("posts/*", "posts/a", True),
        ("posts/*", "posts/deep/a", False),
        ("posts/**", "posts/deep/a", True),
        ("**/a", "a", True),
        ("posts/*.md", "posts/a", True),
        ("posts/a?c", "posts/abc", True),
        ("posts/[a]", "posts/a", False),
    ],
)
def test_patterns_match_docnames(pattern: str, docname: str, expected: bool) -> None:
    assert matches_any(docname, (pattern,)) is expected


def make_posts(count: int) -> list[Post]:
    return [
        Post(
            docname=f"p{n}",
            title=f"T{n:02}",
            date=datetime(2020 + n % 3, 1, 1 + n % 28, tzinfo=UTC),
            tags=("even",) if n % 2 == 0 else ("odd", "A-B"),
        )
        for n in range(count)
    ]


def test_queries_combine_what_they_ask() -> None:
    posts = make_posts(12)
    shelves = {kind: Shelf(kind, posts) for kind in KINDS}
    chosen = select_posts(
        posts,
        Query(tags=("a b",), exclude=("even",), year=2021),
        asker="p1",
        shelves=shelves,
    )
    assert [p.docname for p in chosen] == ["p7"]
    query = Query(sort="title", reverse=True, limit=2)
    by_title = select_posts(posts, query, asker="", shelves=shelves)
    assert [p.title for p in by_title] == ["T11", "T10"]


def test_an_unchanged_source_is_not_opened_again(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\ntags: [post]\ndate: 2025-01-01\n---\n")
    cache = tmp_path / "cache" / "scan.json"
    first = scan_sources([("a", source, "markdown")], RULES, cache)
    assert first.posts
    with mock.patch.object(Path, "read_bytes", side_effect=AssertionError):
        again = scan_sources([("a", source, "markdown")], RULES, cache)
    assert again.posts == first.posts


def test_a_source_whose_time_was_set_back_is_opened(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\ntags: [post]\ndate: 2025-01-01\n---\n")
    cache = tmp_path / "cache" / "scan.json"
    assert scan_sources([("a", source, "markdown")], RULES, cache).posts
    stat = source.stat()
    source.write_text("---\ntags: [none]\ndate: 2025-01-01\n---\n")
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert scan_sources([("a", source, "markdown")], RULES, cache).posts == ()


@pytest.mark.parametrize(
    "content", ["damaged", "[]", "null", '{"recipe": %s, "sources": []}']
)
def test_a_cache_of_sources_that_is_damaged_is_made_anew(
    tmp_path: Path, content: str
) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\ntags: [post]\ndate: 2025-01-01\n---\n")
    cache = tmp_path / "scan.json"
    first = scan_sources([("a", source, "markdown")], RULES, cache)
    recipe = json.dumps(json.loads(cache.read_text())["recipe"])
    cache.write_text(content % recipe if "%" in content else content)
    again = scan_sources([("a", source, "markdown")], RULES, cache)
    assert again.posts == first.posts


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_source_in_another_encoding_is_looked_at(
    tmp_path: Path, encoding: str
) -> None:
    source = tmp_path / "a.md"
    text = "---\ntitle: Groß\ntags: [post]\ndraft: true\n---\n"
    source.write_bytes(text.encode("cp1252"))
    cache = tmp_path / "scan.json"
    (post,) = scan_sources(
        [("a", source, "markdown")], RULES, cache, encoding=encoding
    ).posts
    assert post.is_draft
    assert post.title == ("Groß" if encoding == "cp1252" else "Gro\ufffd")


@pytest.mark.parametrize("name", ["UTC", "Pacific/Auckland", "Europe/Berlin"])
@given(moment=st.datetimes())
def test_every_date_that_is_read_is_one_in_every_zone(
    name: str, moment: datetime
) -> None:
    zone = ZoneInfo(name)
    for text in (moment.isoformat(), f"{moment.isoformat()}+13:00"):
        if 1 < moment.year < 9999:
            read = parse_moment(text, zone)
            assert read == read.astimezone(UTC)
        else:
            with suppress(DateError):
                parse_moment(text, zone).astimezone(UTC)


def test_the_first_day_of_all_is_no_date_east_of_greenwich() -> None:
    with pytest.raises(DateError, match="out of range"):
        parse_moment("0001-01-01", ZoneInfo("Pacific/Auckland"))


@given(file=st.text(min_size=1), line=st.integers(min_value=1))
def test_where_an_entry_stands_is_joined_and_split(file: str, line: int) -> None:
    assert split_location(join_location(file, line)) == (file, line)


@pytest.mark.parametrize("name", ["a%00b.png", f"{'b' * 300}.png", f"/{'c/' * 5000}"])
def test_a_picture_that_no_file_can_be_is_not_found(tmp_path: Path, name: str) -> None:
    roots = MediaRoots(source=tmp_path)
    with pytest.raises(PictureNotFoundError, match="there is no picture") as caught:
        find_picture(name, tmp_path, roots)
    assert len(str(caught.value)) < 120


def test_a_link_that_leads_to_itself_is_no_picture(tmp_path: Path) -> None:
    tmp_path.joinpath("loop.png").symlink_to("loop.png")
    with pytest.raises(PictureNotFoundError, match="loop"):
        find_picture("loop.png", tmp_path, MediaRoots(source=tmp_path))
