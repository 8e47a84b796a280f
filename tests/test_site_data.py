"""``leadposts.json``: what stands in it, in which order, and what its schema says."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_leadposts.commands.schemas import read_schema
from sphinx_leadposts.model.post import SeriesPart
from sphinx_leadposts.publishing.records import WebAuthor
from sphinx_leadposts.publishing.site_data import FORMAT, write_site_data
from sphinx_leadposts.publishing.site_records import (
    EdgeData,
    GuideData,
    ImageData,
    PostData,
    SiteData,
    SiteEdgeKind,
    TagData,
)

SCHEMA: dict[str, Any] = json.loads(read_schema("leadposts"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)
#: The records, and what the schema calls them.
RECORDS = {
    "post": PostData,
    "author": WebAuthor,
    "series": SeriesPart,
    "tag": TagData,
    "guide": GuideData,
    "image": ImageData,
    "edge": EdgeData,
}
BERLIN = ZoneInfo("Europe/Berlin")
BASE = "https://example.org/docs/"
#: A site in which every field of every record has a value that is not its default.
FULL = SiteData(
    base_url=BASE,
    title="Notes & <more>",
    language="pt-BR",
    posts=(
        PostData(
            docname="posts/old",
            url=f"{BASE}posts/old.html",
            title="Without a date",
            words=0,
        ),
        PostData(
            docname="posts/日本語",
            url=f"{BASE}posts/%E6%97%A5%E6%9C%AC%E8%AA%9E.html",
            title="日本語 “& <now>” 🎉",
            words=1234,
            date=datetime(2025, 5, 8, 14, 30, tzinfo=BERLIN),
            updated=datetime(2025, 6, 1, tzinfo=UTC),
            description="What it says.",
            summary="How it begins.",
            image="sky-1234.webp",
            image_alt="A sky",
            tags=("c-plus-plus", "seo"),
            categories=("Guides",),
            authors=(WebAuthor(name="Ann", url=f"{BASE}blog/authors/ann.html"),),
            series=SeriesPart(name="Basics", part=0),
            featured=1,
            guides=("start",),
            external_url="https://other.example/a",
            canonical_url="https://other.example/b",
            redirects=(f"{BASE}old/",),
        ),
        PostData(
            docname="posts/newer",
            url=f"{BASE}posts/newer.html",
            title="Newer",
            words=7,
            date=datetime(2025, 5, 8, 14, 31, tzinfo=BERLIN),
            authors=(WebAuthor(name="Bo"),),
            series=SeriesPart(name="Basics"),
        ),
    ),
    tags=(
        TagData(
            slug="seo",
            label="SEO",
            count=1,
            docname="tags/seo",
            url=f"{BASE}tags/seo.html",
            description="Being found.",
            parent="web",
            aliases=("serp",),
        ),
        TagData(slug="c-plus-plus", label="C++", count=0),
    ),
    guides=(
        GuideData(
            key="start",
            title="Start",
            url=f"{BASE}start.html#here",
            docname="start",
            description="How to start.",
            tags=("seo",),
            reviewed=datetime(2025, 1, 2, tzinfo=UTC),
            posts=("posts/日本語",),
        ),
        GuideData(key="else", title="Else", url="https://else.example/"),
    ),
    images=(
        ImageData(
            name="sky-1234.webp",
            url=f"{BASE}_images/sky-1234.webp",
            width=1600,
            height=900,
            mimetype="image/webp",
            bytes=54321,
        ),
        ImageData(name="https://a.example/b.png", url="https://a.example/b.png"),
    ),
    edges=(
        EdgeData(kind="tag", source="posts/日本語", target="seo"),
        EdgeData(
            kind="body", source="posts/日本語", target="start", anchor="here", line=12
        ),
        EdgeData(kind="guide", source="posts/日本語", target="start", line=3),
        EdgeData(kind="related", source="posts/newer", target="posts/日本語"),
        EdgeData(kind="series", source="posts/newer", target="posts/日本語"),
    ),
)


def read(data: SiteData) -> dict[str, Any]:
    content = json.loads(write_site_data(data).encode("utf-8"))
    assert isinstance(content, dict)
    return content


def walk(schema: object, path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each schema below ``schema``, with where it stands."""
    if isinstance(schema, dict):
        yield path, schema
        for key in ("properties", "$defs"):
            for name, inner in schema.get(key, {}).items():
                yield from walk(inner, f"{path}/{key}/{name}")
        yield from walk(schema.get("items"), f"{path}/items")


def test_the_file_has_a_line_for_each_record() -> None:
    data = SiteData(
        title="Notes",
        language="en",
        posts=(
            PostData(docname="a", url="a.html", title="“A” & <b>", words=2),
            PostData(
                docname="b",
                url="b.html",
                title="B",
                words=1,
                date=datetime(2025, 5, 8, tzinfo=BERLIN),
                tags=("x", "y"),
                authors=(WebAuthor(name="Ann"),),
            ),
        ),
        tags=(TagData(slug="x", label="X", count=1),),
        edges=(
            EdgeData(kind="body", source="b", target="a", anchor='"', line=9),
            EdgeData(kind="tag", source="b", target="x"),
        ),
    )
    assert write_site_data(data) == (
        '{"format":1,\n'
        '"title":"Notes",\n'
        '"language":"en",\n'
        '"posts":[\n'
        '{"docname":"b","url":"b.html","title":"B","words":1,'
        '"date":"2025-05-08T00:00:00+02:00","tags":["x","y"],'
        '"authors":[{"name":"Ann"}]},\n'
        '{"docname":"a","url":"a.html","title":"“A” & <b>","words":2}\n'
        "],\n"
        '"tags":[\n'
        '{"slug":"x","label":"X","count":1}\n'
        "],\n"
        '"guides":[],\n'
        '"images":[],\n'
        '"edges":[\n'
        '{"kind":"tag","source":"b","target":"x"},\n'
        '{"kind":"body","source":"b","target":"a","anchor":"\\"","line":9}\n'
        "]\n"
        "}\n"
    )


def test_a_blog_without_posts_is_described_too() -> None:
    content = read(SiteData(title="Notes", language="en"))
    CHECK.validate(content)
    assert content.pop("format") == FORMAT
    assert (content.pop("title"), content.pop("language")) == ("Notes", "en")
    assert sorted(content) == ["edges", "guides", "images", "posts", "tags"]
    assert not any(content.values())


def test_all_that_is_known_is_written_as_the_schema_says() -> None:
    content = read(FULL)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    CHECK.validate(content)
    assert set(content) == set(SCHEMA["properties"])
    post = content["posts"][1]
    written = {
        "post": post,
        "author": post["authors"][0],
        "series": post["series"],
        "tag": content["tags"][1],
        "guide": content["guides"][1],
        "image": content["images"][1],
        "edge": content["edges"][-1],
    }
    for name, record in written.items():
        # In the order of the fields; of an edge too, which is written by hand.
        assert list(record) == [field.name for field in fields(RECORDS[name])]
    assert post["date"] == "2025-05-08T14:30:00+02:00"
    assert post["title"] == "日本語 “& <now>” 🎉"
    assert post["series"] == {"name": "Basics", "part": 0}


def test_what_has_no_value_is_left_out() -> None:
    content = read(FULL)
    assert content["posts"][2] == {
        "docname": "posts/old",
        "url": f"{BASE}posts/old.html",
        "title": "Without a date",
        "words": 0,
    }
    assert content["posts"][0]["series"] == {"name": "Basics"}
    assert content["posts"][0]["authors"] == [{"name": "Bo"}]
    assert content["tags"][0] == {"slug": "c-plus-plus", "label": "C++", "count": 0}


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_has_the_fields_of_the_record(name: str) -> None:
    shape = SCHEMA["$defs"][name]
    known = fields(RECORDS[name])
    assert sorted(shape["properties"]) == sorted(field.name for field in known)
    # What has no default is always written.
    always = [field.name for field in known if field.default is MISSING]
    assert sorted(shape["required"]) == sorted(always)


def test_the_schema_has_the_fields_of_the_site() -> None:
    known = {field.name for field in fields(SiteData)}
    assert set(SCHEMA["properties"]) == known | {"format"}
    assert set(SCHEMA["required"]) == known - {"base_url"} | {"format"}
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    kinds = SCHEMA["$defs"]["edge"]["properties"]["kind"]["enum"]
    assert kinds == list(get_args(SiteEdgeKind))


def test_the_schema_describes_everything_and_allows_nothing_else() -> None:
    shapes = dict(walk(SCHEMA))
    assert len(shapes) > 60
    for path, shape in shapes.items():
        if "/items" not in path:
            assert shape["description"].endswith("."), path
        if shape.get("type") == "object":
            assert shape["additionalProperties"] is False, path
        if "$ref" in shape:
            assert shape["$ref"].removeprefix("#/$defs/") in SCHEMA["$defs"], path
    text = json.dumps(SCHEMA, indent=2, ensure_ascii=False) + "\n"
    assert read_schema("leadposts") == text


def list_places(value: object) -> Iterator[tuple[Any, Any]]:
    """Yield each place in ``value``: what holds it, and its key or number."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from list_places(value[key])


def test_the_schema_sees_whatever_is_of_another_type() -> None:
    content = read(FULL)
    places = list(list_places(content))
    assert len(places) > 80
    for holder, key in places:
        kept = holder[key]
        holder[key] = {"wrong": None}
        assert not CHECK.is_valid(content), key
        holder[key] = kept
    assert CHECK.is_valid(content)


@pytest.mark.parametrize("holder", ["site", *RECORDS])
def test_the_schema_sees_what_is_missing_and_what_is_too_much(holder: str) -> None:
    whole = read(FULL)
    post = whole["posts"][1]
    records = {"site": whole, "author": post["authors"][0], "series": post["series"]}
    records |= {n: whole[f"{n}s"][-1] for n in ("tag", "guide", "image", "edge")}
    record = records.get(holder, post)
    shape = SCHEMA if holder == "site" else SCHEMA["$defs"][holder]
    for name in shape["required"]:
        kept = record.pop(name)
        assert not CHECK.is_valid(whole), name
        record[name] = kept
    assert CHECK.is_valid(whole)
    record["more"] = "x"
    assert not CHECK.is_valid(whole)


FAULTS = [
    ("format", 2),
    ("base_url", "example.org/"),
    ("base_url", "https://example.org/docs"),
    ("language", "pt_BR"),
    ("posts.1.date", "2025-05-08"),
    ("posts.1.date", "2025-05-08T14:30:00"),
    ("posts.1.updated", "yesterday"),
    ("posts.1.url", "a b"),
    ("posts.1.words", -1),
    ("posts.1.words", 1.5),
    ("posts.1.featured", 0),
    ("posts.1.featured", True),
    ("posts.1.tags", []),
    ("posts.1.tags", ["a", "a"]),
    ("posts.1.tags", [""]),
    ("posts.1.description", ""),
    ("posts.1.external_url", "posts/x.html"),
    ("posts.1.external_url", "javascript:x"),
    ("posts.1.series.part", "1"),
    ("posts.1.authors.0.name", ""),
    ("tags.0.count", -1),
    ("tags.0.slug", ""),
    ("guides.1.reviewed", "2025"),
    ("images.1.width", 0),
    ("images.1.mimetype", "text/html"),
    ("edges.0.kind", "list"),
    ("edges.4.line", 0),
    ("edges.0.target", ""),
]


@pytest.mark.parametrize(("place", "value"), FAULTS)
def test_the_schema_sees_a_fault(place: str, value: object) -> None:
    content: Any = read(FULL)
    *way, last = place.split(".")
    record = content
    for step in way:
        record = record[int(step) if step.isdigit() else step]
    assert last in record
    record[last] = value
    (error,) = CHECK.iter_errors(content)
    found = ".".join(map(str, error.absolute_path))
    assert f"{found}.".startswith(f"{place}.")


@given(st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_makes_no_difference(source: random.Random) -> None:
    def shuffle(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(source.sample(records, len(records)))

    mixed = replace(
        FULL,
        posts=shuffle(FULL.posts),
        tags=shuffle(FULL.tags),
        guides=shuffle(FULL.guides),
        images=shuffle(FULL.images),
        edges=shuffle(FULL.edges),
    )
    assert write_site_data(mixed) == write_site_data(FULL)


def test_records_come_in_an_order_that_readers_can_use() -> None:
    content = read(FULL)
    assert [p["docname"] for p in content["posts"]] == [
        "posts/newer",
        "posts/日本語",
        "posts/old",
    ]
    assert [tag["slug"] for tag in content["tags"]] == ["c-plus-plus", "seo"]
    assert [guide["key"] for guide in content["guides"]] == ["else", "start"]
    assert [(e["source"], e.get("line"), e["kind"]) for e in content["edges"]] == [
        ("posts/newer", None, "related"),
        ("posts/newer", None, "series"),
        ("posts/日本語", None, "tag"),
        ("posts/日本語", 3, "guide"),
        ("posts/日本語", 12, "body"),
    ]


def test_a_change_of_one_post_changes_one_line() -> None:
    before = write_site_data(FULL).splitlines()
    first, *others = FULL.posts
    edited = replace(FULL, posts=(replace(first, title="Another"), *others))
    after = write_site_data(edited).splitlines()
    assert len(after) == len(before)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [json.loads(line)["title"] for line in changed] == ["Another"]


@given(text=st.text(min_size=1), other=st.text(min_size=1))
def test_any_text_comes_back(text: str, other: str) -> None:
    data = SiteData(
        title=text,
        language="en",
        base_url=other,
        posts=(
            PostData(
                docname=other,
                url=text,
                title=text,
                words=1,
                description=other,
                tags=(text, other),
                authors=(WebAuthor(name=text, url=other),),
                series=SeriesPart(name=text),
            ),
        ),
        edges=(EdgeData(kind="body", source=text, target=other, anchor=text),),
    )
    content = read(data)
    # Halves of characters have no place in UTF-8.
    text, other = (
        t.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for t in (text, other)
    )
    assert (content["title"], content["base_url"]) == (text, other)
    (post,) = content["posts"]
    assert post == {
        "docname": other,
        "url": text,
        "title": text,
        "words": 1,
        "description": other,
        "tags": [text, other],
        "authors": [{"name": text, "url": other}],
        "series": {"name": text},
    }
    assert content["edges"] == [
        {"kind": "body", "source": text, "target": other, "anchor": text}
    ]


def test_half_a_character_breaks_nothing() -> None:
    text = write_site_data(SiteData(title="a\ud83db\udc00 🎉", language="en"))
    assert json.loads(text.encode("utf-8"))["title"] == "a\ufffdb\ufffd 🎉"


@given(
    st.datetimes(
        timezones=st.timezones() | st.sampled_from([UTC, timezone(timedelta(hours=-9))])
    )
)
def test_every_moment_is_one_of_rfc_3339(moment: datetime) -> None:
    post = PostData(docname="a", url="a.html", title="A", words=1, updated=moment)
    content = read(SiteData(title="x", language="en", posts=(post,)))
    CHECK.validate(content)
    found = datetime.fromisoformat(content["posts"][0]["updated"])
    # Before there was standard time, clocks differed by seconds, which have no form.
    assert found.replace(tzinfo=None) == moment.replace(tzinfo=None)
    offset, known = found.utcoffset(), moment.utcoffset()
    assert offset is not None
    assert known is not None
    assert timedelta() <= known - offset < timedelta(minutes=1)
