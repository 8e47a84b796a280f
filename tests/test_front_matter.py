"""Front matter: what people write, what comes out of it, and what they are told."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sphinx_leadposts.reading.dates import load_zone
from sphinx_leadposts.reading.frontmatter import mend_front_matter
from sphinx_leadposts.reading.keys import KEYS
from sphinx_leadposts.reading.post import read_source
from sphinx_leadposts.reading.schema import Fields
from sphinx_leadposts.reading.source import Rules, Source
from tests import front_matter_cases as cases
from tests.site import Build, Site

RULES = Rules(zone=UTC)


def read_fields(source: Source) -> dict[str, Any]:
    """Return the fields that differ from their defaults, as plain values."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in source.fields.model_dump().items()
        if value != Fields.model_fields[name].default and name not in {"tags", "date"}
    }


@pytest.mark.parametrize("case", cases.CASES, ids=lambda case: case.name)
def test_front_matter_is_read(case: cases.Case) -> None:
    options = dict(case.rules)
    zone = load_zone(options.pop("zone", "UTC"))
    source = read_source(
        case.text, case.docname, Rules(zone=zone, **options), case.form
    )
    assert source is not None
    assert read_fields(source) == case.fields
    assert source.tags == case.tags
    assert (source.date.isoformat() if source.date else None) == case.date
    assert source.is_post is case.is_post
    told = [(p.line, p.subtype.value, p.text) for p in source.problems]
    assert len(told) == len(case.problems), told
    for line, subtype, piece in case.problems:
        matching = [t for t in told if t[:2] == (line, subtype) and piece in t[2]]
        assert len(matching) == 1, (line, subtype, piece, told)


def test_every_case_has_a_name_of_its_own() -> None:
    counts = Counter(case.name for case in cases.CASES)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_name_of_every_key_has_a_case() -> None:
    rows = [(key.name, *key.aliases) for key in KEYS if key.aliases]
    assert set(cases.ROWS) == set(rows)
    read = {name for case in cases.CASES for name in case.fields} | {"tags", "date"}
    assert read == {key.name for key in KEYS}


@pytest.mark.parametrize("text", cases.NONE.values(), ids=cases.NONE)
def test_what_is_no_front_matter(text: str) -> None:
    assert read_source(text, "x", RULES) is None


@pytest.mark.parametrize("text", cases.NO_NOTEBOOKS.values(), ids=cases.NO_NOTEBOOKS)
def test_what_is_no_notebook_with_front_matter(text: str) -> None:
    assert read_source(text, "x", RULES, "notebook") is None


@pytest.mark.parametrize(
    "text", ["Title\n=====\n\n:tags: post\n", "", "Text\n", ":not a field\n"]
)
def test_what_is_no_docinfo(text: str) -> None:
    assert read_source(text, "x", RULES, "restructuredtext") is None


# Laws ---------------------------------------------------------------------------------

#: Signs that some form or other gives a meaning to, and some that none does.
_SIGNS = st.sampled_from("aäß日🎉 0159.,:;-#'\"`*&!|>%@[]{}()<>/\\?=+~_$^")
#: Words that YAML or this package take for something else where they stand alone.
_NOTHING = {"", "none", "null", "nil", "~", "n/a", "false", "no", "off", "0"}
texts = st.text(_SIGNS, min_size=1, max_size=30).map(lambda t: " ".join(t.split()))
texts = texts.filter(lambda text: text.lower() not in _NOTHING)
labels = texts.filter(lambda text: "," not in text)
lists = st.lists(labels, min_size=1, max_size=4, unique=True)
urls = st.from_regex(r"https?://[a-z]{1,8}\.org/[a-z0-9?=&#%~-]{0,12}", fullmatch=True)
days = st.datetimes(datetime(1000, 1, 1), datetime(2500, 1, 1))
moments = st.one_of(days.map(lambda d: d.date()), days.map(lambda d: d.replace(fold=0)))
ranks = st.integers(1, 99)
#: Keys with values that they take.
mappings = st.fixed_dictionaries(
    {},
    optional={
        "title": texts,
        "date": moments,
        "updated": moments,
        "expires": moments,
        "image": texts | st.fixed_dictionaries({"src": texts, "alt": texts}),
        "image_alt": texts,
        "tags": lists,
        "category": lists,
        "author": st.lists(
            labels | st.fixed_dictionaries({"name": labels, "url": urls}), min_size=1
        ),
        "description": texts,
        "draft": st.booleans(),
        "published": st.booleans(),
        "featured": ranks,
        "series": texts | st.fixed_dictionaries({"name": texts, "part": ranks}),
        "guides": lists,
        "guide_for": lists,
        "external_url": urls,
        "canonical_url": urls,
        "redirect_from": lists,
        "permalink": st.just(False) | texts.filter(lambda t: t.lower() not in _TRUE),
        "slug": texts,
        "post": st.booleans(),
    },
)
_TRUE = {"true", "yes", "on"}
styles = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, False, True]),
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80, 4000]),
        "indent": st.integers(2, 6),
        "sort_keys": st.booleans(),
    }
)


def expect(values: dict[str, Any]) -> dict[str, Any]:
    """Return what the model makes of ``values`` when nothing is to be read."""
    expected = dict(values)
    for name in {"date", "updated", "expires"} & set(values):
        day = values[name]
        at = (day.hour, day.minute, day.second) if isinstance(day, datetime) else ()
        micro = (day.microsecond,) if isinstance(day, datetime) else ()
        expected[name] = datetime(day.year, day.month, day.day, *at, *micro, tzinfo=UTC)
    if isinstance(image := values.get("image"), str):
        expected["image"] = {"src": image}
    if "author" in values:
        expected["author"] = [
            {"name": name} if isinstance(name, str) else name
            for name in values["author"]
        ]
    if isinstance(series := values.get("series"), str):
        expected["series"] = {"name": series}
    if (count := values.get("description", "")).isdecimal() and len(count) < 4:
        expected["description"] = int(count)
    return expected


def check_reads_back(text: str, values: dict[str, Any]) -> None:
    source = read_source(text, "x", RULES)
    assert source is not None
    assert [p.text for p in source.problems if "has no date" not in p.text] == []
    for name, value in expect(values).items():
        read = getattr(source.fields, name)
        if isinstance(value, dict):
            read = read.model_dump(include=set(value))
        elif name == "author":
            given = zip(read, value, strict=True)
            read = [author.model_dump(include=set(item)) for author, item in given]
        elif isinstance(value, list):
            read = list(read)
        assert read == value, name
    assert source.fields.model_fields_set == set(values)


class _WithAnchors(yaml.SafeDumper):
    """Names each text that stands more than once, as well as lists and mappings."""

    def ignore_aliases(self, data: Any) -> bool:
        return not isinstance(data, str | list | dict)


@given(mappings, styles, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_keys_written_as_yaml_read_back_equal(
    values: dict[str, Any], style: dict[str, Any], end: str, anchors: bool
) -> None:
    dumper = _WithAnchors if anchors else yaml.SafeDumper
    content = yaml.dump(values, Dumper=dumper, **style)
    written = f"---\n{content}---\nBody\n".replace("\n", end)
    check_reads_back(written, values)


def write_toml(value: Any) -> str:
    """Return ``value`` as TOML would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(write_toml, value)) + "]"
    if isinstance(value, dict):
        items = (f"{name} = {write_toml(item)}" for name, item in value.items())
        return "{" + ", ".join(items) + "}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@given(mappings, st.sampled_from(["\n", "\r\n"]))
def test_any_keys_written_as_toml_read_back_equal(
    values: dict[str, Any], end: str
) -> None:
    lines = [f"{name} = {write_toml(value)}" for name, value in values.items()]
    written = "\n".join(["+++", *lines, "+++", "Body", ""]).replace("\n", end)
    check_reads_back(written, values)


SCRAPS = [
    *("title", "tags", "image", "author", "date", "draft", "post", "2025-13-01"),
    *("&a", "*a", "!!x", "---", "...", "+++"),
    *("<<: *a", "[[x]]", "\n", "\n  ", "\n\t", "\r", "\r\n", "\x00", "\x85", "\u2028"),
    *(": ", "- ", "\ufeff", *":=[]{}\"'|>%#,~a"),
]
#: Bytes, and what could be front matter if it were better written.
scraps = st.one_of(
    st.binary(max_size=60).map(lambda b: b.decode("utf-8", "replace")),
    st.binary(max_size=60).map(lambda b: b.decode("latin-1")),
    st.lists(
        st.sampled_from(SCRAPS),
        max_size=25,
    ).map("".join),
)


@settings(max_examples=400)
@given(scraps, st.sampled_from(["---", "+++", "-----", "\n---", ""]), scraps)
@example("a: &a [*a]\n<<: *a", "---", "")
@example("a: {<<: [1, *a]}", "---", "")
@example("draft: [true]", "---", "")
def test_anything_between_fences_is_read_and_no_text_is_lost(
    block: str, fence: str, body: str
) -> None:
    text = f"{fence}\n{block}\n{fence.strip()}\n{body}"
    for docname in ("x", "2025-01-01-x"):
        source = read_source(text, docname, Rules(zone=UTC, post_patterns=("**",)))
        assert source is not None
        lines = [p.line for p in source.problems]
        assert all(1 <= line <= max(1, count_ends(text) + 1) for line in lines)
        assert all(p.text for p in source.problems)
    length = source.front_matter.length
    if length:
        mended = mend_front_matter(text, source.front_matter)
        assert count_ends(mended) == count_ends(text)
        assert split_body(mended, length) == split_body(text, length)
        again = read_source(mended, "x", RULES)
        assert again is not None
        assert again.front_matter.length == length


@given(scraps, st.sampled_from(["restructuredtext", "notebook"]))
def test_anything_is_read_in_other_forms(text: str, form: Any) -> None:
    read_source(text, "x", RULES, form)
    read_source(f":tags: post\n:date: {text}", "x", RULES, form)


def count_ends(text: str) -> int:
    return len(re.findall("\r\n|\r|\n", text))


def split_body(text: str, length: int) -> str:
    """Return what comes after ``length`` lines, byte for byte."""
    ends = [match.end() for match in re.finditer("\r\n|\r|\n", text)]
    return text[ends[length - 1] :] if len(ends) >= length else ""


# A site with faults -------------------------------------------------------------------

#: Lines of a front matter that begins with its tags and date, and what is told of them.
FAULTS: list[tuple[str, list[tuple[int, str]]]] = [
    ("title: Part: {number}", [(4, "front_matter")]),
    ("title: {number}\ndate: 2025-13-01", [(5, "front_matter"), (5, "date")]),
    ('title: {number}\ndescription: "unclosed', [(5, "front_matter")]),
    ("title: {number}\nimage: /nowhere.png", [(5, "image")]),
    ("title: {number}\nupdated: 03/04/2023", [(5, "date")]),
    ("title: {number}\nfeatured: maybe", [(5, "front_matter")]),
    ("title: {number}\ndesciption: A slip", [(5, "front_matter")]),
    ("title: {number}\nexternal_url: javascript:x", [(5, "front_matter")]),
    ("title: {number}\nstray text", [(5, "front_matter")]),
    ("title: {number}\ncategories: [A]\ncategory: B", [(5, "front_matter")]),
    ("\ttitle: {number}\nslug: s-{number}", [(4, "front_matter")]),
    ("title: {number}\nexpires: soon\nfeatured: x", [(5, "date"), (6, "front_matter")]),
]


def write_posts(site: Site, count: int, *, faults: bool) -> list[tuple[str, int, str]]:
    """Write ``count`` posts of which every fifth is at fault; return what is told."""
    expected: list[tuple[str, int, str]] = []
    kinds = cycle(FAULTS)
    for number in range(count):
        lines, told = f"title: Post {number}", []
        if number % 5 == 3:
            if not faults:
                continue
            text, told = next(kinds)
            lines = text.replace("{number}", f"Fault {number}")
        name = f"posts/p{number:04}.md"
        day = f"{2020 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}"
        site.write(
            name,
            f"---\ntags: [post, only{number}]\ndate: {day}\n{lines}\n---\n\n"
            f"Text {number}, which has *marks*.\n\n## Heading {number}\n\nMore.\n",
        )
        expected += [(name, line, subtype) for line, subtype in told]
    return expected


def read_told(build: Build) -> list[tuple[str, int, str]]:
    """Return file, line and subtype of each warning; all must have all three."""
    told = []
    for line in build.warnings.splitlines():
        match = re.match(
            r".*/src/(posts/\w+\.md):(\d+): WARNING: .*\[leadposts\.(\w+)\]$", line
        )
        assert match, line
        told.append((match[1], int(match[2]), match[3]))
    return told


def test_faults_are_all_told_and_touch_no_other_post(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """LEADPOSTS_MANY=2000 makes more posts."""
    count = int(os.environ.get("LEADPOSTS_MANY", "200"))
    # What is around a post, such as its neighbours and related posts, may differ.
    options = {
        "html_theme_options": {"show_related": False},
        "html_sidebars": {"**": []},
        "leadposts_footer": ["guide-posts", "call-to-action", "further-reading"],
    }
    clean, faulty = make_site("clean", **options), make_site("faulty", **options)
    write_posts(clean, count, faults=False)
    expected = write_posts(faulty, count, faults=True)
    monkeypatch.setattr("tests.site.check_warnings", lambda *_: None)
    one, other = clean.build(), faulty.build()
    assert one.warnings == ""
    assert Counter(read_told(other)) == Counter(expected)
    good = [f"posts/p{n:04}.html" for n in range(count) if n % 5 != 3]
    bad = [f"posts/p{n:04}.html" for n in range(count) if n % 5 == 3]
    assert all(one.read(name) == other.read(name) for name in good)
    assert all("<em>marks</em>" in other.read(name) for name in bad)
    assert not any(
        ":::" in other.read(name) or "+++" in other.read(name) for name in bad
    )
    assert all(f"only{n}" in other.read(f"posts/p{n:04}.html") for n in range(count))
