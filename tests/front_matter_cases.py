"""Front matter as it is found in the wild, and what must come out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sphinx_leadposts.reading.source import Form

#: A line, the second half of the warning's type, and a piece of its text.
Told = tuple[int, str, str]

HEAD = "tags: [post]\ndate: 2025-01-01\n"
DAY = "2025-01-01T00:00:00+00:00"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A text, and what must come out; a field not named must have its default."""

    name: str
    text: str
    fields: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    date: str | None = DAY
    is_post: bool = True
    problems: tuple[Told, ...] = ()
    docname: str = "posts/x"
    form: Form = "markdown"
    rules: dict[str, Any] = field(default_factory=dict)


def picture(src: str, alt: str | None = None, **more: str) -> dict[str, Any]:
    return {"src": src, "alt": alt, "caption": "", "credit": "", "focus": "", **more}


def person(name: str, url: str = "") -> dict[str, str]:
    return {"name": name, "url": url}


def told(line: int, piece: str) -> Told:
    return (line, "front_matter", piece)


def misread(line: int, piece: str = "") -> Told:
    """What is said, once, of a block that is no YAML."""
    return (line, "front_matter", f"not well formed ({piece}")


def undated(line: int = 1) -> Told:
    return (line, "date", "has no date")


def raw(name: str, text: str, *problems: Told, **expected: Any) -> Case:
    """Make a case of a whole file; what is no part of a case is a field."""
    own = {n: expected.pop(n) for n in tuple(expected) if n in _PARTS}
    return Case(name=name, text=text, fields=expected, problems=problems, **own)


def block(name: str, lines: str, *problems: Told, **expected: Any) -> Case:
    """Make a case of ``lines`` between fences; they begin on line 2."""
    return raw(name, f"---\n{lines}\n---\n\nBody.\n", *problems, **expected)


def key(name: str, lines: str, *problems: Told, **expected: Any) -> Case:
    """Make a case of a dated post whose further keys begin on line 4."""
    return block(name, HEAD + lines, *problems, **expected)


def tagged(name: str, value: str, *tags: str, **expected: Any) -> Case:
    return block(name, f"date: 2025-01-01\ntags: {value}", tags=tags, **expected)


def dated(written: str, moment: str) -> Case:
    text = f"tags: [post]\ndate: {written}"
    return block(f"the date {written} is read", text, date=moment)


def misdated(written: str, piece: str) -> Case:
    text = f"tags: [post]\ndate: {written}"
    problem = (3, "date", piece)
    return block(f"the date {written} is refused", text, problem, date=None)


def named(docname: str, moment: str | None) -> Case:
    problems = () if moment else (undated(),)
    name = f"the name {docname} has {'a' if moment else 'no'} day"
    return block(name, "tags: [post]", *problems, docname=docname, date=moment)


_PARTS = {"tags", "date", "is_post", "docname", "form", "rules"}

FENCES = [
    raw("a byte-order mark is passed over", f"\ufeff---\n{HEAD}---\nBody\n"),
    raw("lines may end as on Windows", f"---\n{HEAD}---\nBody\n".replace("\n", "\r\n")),
    raw("lines may end as on old Macs", f"---\n{HEAD}---\nBody\n".replace("\n", "\r")),
    raw(
        "a byte-order mark and Windows line ends go together",
        f"\ufeff---\n{HEAD}title: A\n---\n".replace("\n", "\r\n"),
        title="A",
    ),
    raw("a blank line may come first", f"\n---\n{HEAD}title: A\n---\n", title="A"),
    raw(
        "lines are counted from the first of the file",
        "\n \t\n---\ntags: [post]\ndate: 2025-13-01\n---\n",
        (5, "date", "no day"),
        date=None,
    ),
    raw("blanks may follow the fences", f"---  \n{HEAD}--- \t\nBody\n"),
    raw("three dots may end the block", f"---\n{HEAD}...\nBody\n"),
    raw("fences may be longer", f"-----\n{HEAD}-----\nBody\n"),
    raw("the file may end with the block", f"---\n{HEAD}---"),
    raw("a closing fence may be indented a little", f"---\n{HEAD}   ---\n"),
    raw(
        "a shorter fence does not close a longer one",
        "----\ntags: [post]\n---\ndate: 2025-01-01\n----\n",
        misread(3),
    ),
    raw("an empty block is a block", "---\n---\n", undated(), is_post=False, date=None),
    block("a comment alone is a block", "# x", undated(), is_post=False, date=None),
    block(
        "a text that is no key is reported",
        "just text",
        misread(2, "it is no list"),
        undated(),
        is_post=False,
        date=None,
    ),
    block(
        "a list of nothing but items is reported",
        "- a\n- b",
        misread(2, "it is no list"),
        undated(),
        is_post=False,
        date=None,
    ),
    block("all keys may be indented", "  tags: [post]\n  date: 2025-01-01"),
    block("JSON is YAML", '{"tags": ["post", "a"], "date": "2025-01-01"}', tags=("a",)),
]

#: Texts that have no front matter at all.
NONE = {
    "an empty file": "",
    "a byte-order mark alone": "\ufeff",
    "a heading": "# Heading\n\nText\n",
    "a fence that is never closed": "---\ntags: [post]\n",
    "a fence that is indented": " ---\ntags: [post]\n---\n",
    "a fence below a heading": "# H\n---\ntags: [post]\n---\n",
    "a closing fence that is a code block": "---\ntags: [post]\n    ---\n",
    "two rules with text between": "\n---\n\nSome text\n\n---\n",
    "a rule, a sentence with a colon, a rule": "\n---\nSome text: more\n---\n",
    "two block breaks of MyST": "+++\n\nSome text.\n\n+++\n",
    "a block break with data": '+++ {"slide": 1}\na = b\n+++\n',
    "four plus signs": "++++\ntags = ['post']\n++++\n",
}

TOML_HEAD = '+++\ntags = ["post"]\ndate = 2025-01-01\n'
TOML = [
    raw(
        "TOML is read",
        TOML_HEAD + 'title = "A"\nfeatured = 2\ndraft = true\n+++\nBody\n',
        title="A",
        featured=2,
        draft=True,
    ),
    raw("TOML may have Windows line ends", f"{TOML_HEAD}+++\n".replace("\n", "\r\n")),
    raw("TOML may have a byte-order mark", f"\ufeff{TOML_HEAD}+++\n"),
    raw("TOML may come after a blank line", f"\n{TOML_HEAD}+++\n"),
    raw("blanks may follow the fences of TOML", f"{TOML_HEAD}+++  \n"),
    raw("empty TOML is a block", "+++\n+++\n", undated(), is_post=False, date=None),
    raw(
        "keys of the tables of Zola stand at the top",
        "+++\ndate = 2025-01-01\n[taxonomies]\n"
        'tags = ["post", "b"]\n[extra]\nimage = "a.png"\n+++\n',
        tags=("b",),
        image=picture("a.png"),
    ),
    raw(
        "keys of Hugo's params stand at the top",
        TOML_HEAD + '[params]\nslug = "s"\nimage_alt = "A"\n+++\n',
        slug="s",
        image_alt="A",
    ),
    raw(
        "a key at the top wins over one in a table",
        TOML_HEAD + 'title = "Top"\n[extra]\ntitle = "Below"\n+++\n',
        title="Top",
    ),
    raw(
        "a table can be a picture",
        TOML_HEAD + '[image]\nsrc = "a.png"\nalt = "A"\n+++\n',
        image=picture("a.png", "A"),
    ),
    raw(
        "a foreign table with a title is not the post's title",
        TOML_HEAD + 'slug = [1]\n[[resources]]\ntitle = "Photo"\n+++\n',
        told(4, "slug: it takes a text"),
    ),
    raw(
        "dates of TOML have their type or are text",
        '+++\ntags = ["post"]\ndate = 2025-01-01T10:00:00+02:00\n'
        'updated = "May 23rd, 2025"\n+++\n',
        date="2025-01-01T08:00:00+00:00",
        updated="2025-05-23T00:00:00+00:00",
    ),
    raw(
        "tags of TOML keep their spelling",
        "+++\ndate = 2025-01-01\ntags = ['post', '3.10', 3.10, 5]\n+++\n",
        tags=("3.10", "5"),
    ),
    raw(
        "TOML without quotes is read all the same",
        TOML_HEAD + "title = Some text\nslug = 's'\n+++\n",
        misread(4, "Invalid value"),
        title="Some text",
        slug="s",
    ),
    raw(
        "TOML that lacks a comma keeps its tags",
        '+++\ndate = 2025-01-01\ntags = ["post" "b"]\ntitle = "T"\n+++\n',
        misread(3, "Unclosed array"),
        tags=("b",),
        title="T",
    ),
    raw(
        "a list of many lines survives a fault elsewhere in TOML",
        '+++\ntags = [\n  "post",\n  "b",\n]\ndate = 2025-01-01\nimage = a.png\n+++\n',
        misread(7, "Invalid value"),
        tags=("b",),
        image=picture("a.png"),
    ),
    raw(
        "a fault in TOML lets no title of a foreign table in",
        TOML_HEAD
        + "title = x\n[[resources]]\ntitle = 'Photo'\n[extra]\nslug = 's'\n+++\n",
        misread(4, "Invalid value"),
        title="x",
        slug="s",
    ),
    raw(
        "a key that stands twice in TOML is told once",
        TOML_HEAD + 'title = "A"\ntitle = "B"\n+++\n',
        told(5, "'title' stands more than once"),
        title="B",
    ),
    raw(
        "an impossible day in TOML is told once",
        "+++\ntags = ['post']\ndate = 2025-13-01\n+++\n",
        (3, "date", "there is no day '2025-13-01'"),
        date=None,
    ),
    raw(
        "colons in TOML are reported",
        TOML_HEAD + 'title: "A"\nslug = "s"\n+++\n',
        misread(4),
        slug="s",
    ),
]

BROKEN = [
    key(
        "a colon in a title",
        "title: a: b\nimage: x.png",
        misread(4, "mapping values"),
        title="a: b",
        image=picture("x.png"),
    ),
    key(
        "a colon in a title, and a comment behind it",
        "title: a: b # c\nslug: s",
        misread(4),
        title="a: b",
        slug="s",
    ),
    key("a tab behind a key is no fault", "title:\tT\nslug: s", title="T", slug="s"),
    key(
        "a tab before a key",
        "\ttitle: T\nslug: s",
        misread(4, "found a tab"),
        title="T",
        slug="s",
    ),
    block(
        "tabs before the items of a list",
        "date: 2025-01-01\ntags:\n\t- post\n\t- b\ntitle: T",
        misread(4, "found character"),
        tags=("b",),
        title="T",
    ),
    key(
        "a brace of a template and more text",
        "title: {{ a }} and b\nslug: s",
        misread(4),
        title="{{ a }} and b",
        slug="s",
    ),
    key(
        "a brace with a per cent sign",
        "title: {% if x %}\nslug: s",
        misread(4),
        title="{% if x %}",
        slug="s",
    ),
    key(
        "a double quote that is never closed",
        'title: "unclosed\nslug: s\nimage: x.png',
        misread(4),
        title="unclosed",
        slug="s",
        image=picture("x.png"),
    ),
    key(
        "a single quote that is never closed",
        "slug: s\ntitle: 'unclosed",
        misread(5),
        title="unclosed",
        slug="s",
    ),
    key(
        "an apostrophe in single quotes",
        "title: 'it's'\nslug: s",
        misread(4),
        title="it's",
        slug="s",
    ),
    key(
        "words behind a quoted one",
        'title: "Quoted" and more\nslug: s',
        misread(4),
        title='"Quoted" and more',
        slug="s",
    ),
    key(
        "a backslash in double quotes",
        'title: "C:\\dir"\nslug: s',
        misread(4, "found unknown escape"),
        title="C:\\dir",
        slug="s",
    ),
    block(
        "a list that is never closed",
        "date: 2025-01-01\ntags: [post, b\ntitle: X\nslug: s",
        misread(3),
        tags=("b",),
        title="X",
        slug="s",
    ),
    key(
        "a word in brackets before a title",
        "title: [WIP] something\nslug: s",
        misread(4),
        title="[WIP] something",
        slug="s",
    ),
    key(
        "stray text between keys",
        "title: X\nstray text\nslug: s",
        misread(5),
        title="X",
        slug="s",
    ),
    block(
        "stray text before the keys",
        f"stray text\n{HEAD}title: X",
        misread(2),
        title="X",
    ),
    key(
        "stray text behind the keys",
        "title: X\nstray text",
        misread(5),
        title="X",
    ),
    key("no space behind a colon", "title:A\nslug: s", misread(4), slug="s"),
    key("an at sign", "title: @home\nslug: s", misread(4), title="@home", slug="s"),
    key("a star", "title: *star* text", misread(4), title="*star* text"),
    key("an alias without anchor", "title: *nope", misread(4), title="*nope"),
    key("a per cent sign", "title: %percent", misread(4), title="%percent"),
    key("a backtick", "title: `code`", misread(4), title="`code`"),
    key("keys below a text", "title: X\n  sub: y", misread(5), title="X"),
    block(
        "a colon in an item of a list",
        "date: 2025-01-01\ntags:\n  - post\n  - a: b: c\ntitle: T",
        misread(5),
        tags=("a: b: c",),
        title="T",
    ),
    key(
        "a colon in a mapping",
        "image:\n  src: a.png\n  alt: An: alt\nslug: s",
        misread(6),
        image=picture("a.png", "An: alt"),
        slug="s",
    ),
    key(
        "a colon in an author's name",
        "authors:\n- name: A: B\n  url: https://a.b\n- C\nslug: s",
        misread(5),
        author=(person("A: B", "https://a.b"), person("C")),
        slug="s",
    ),
    key(
        "a colon in a text of many lines",
        "description: This is: a\n  long text\n  of lines\nslug: s",
        misread(4),
        description="This is: a long text of lines",
        slug="s",
    ),
    key(
        "keys within a text of many lines are none",
        "title: x: y\ndescription: |\n  a: b\n\n  title: d\nslug: s",
        misread(4),
        title="x: y",
        description="a: b title: d",
        slug="s",
    ),
    key(
        "keys within a folded text above are none",
        "description: >-\n  a: b\n  title: d\ntitle: x: y",
        misread(7),
        title="x: y",
        description="a: b title: d",
    ),
    key(
        "a flow mapping of two lines survives",
        "image: {src: a.png,\n  alt: A}\ntitle: a: b",
        misread(6),
        image=picture("a.png", "A"),
        title="a: b",
    ),
    key(
        "a quoted text of two lines survives",
        'title: "a\n  b: c"\nslug: x: y',
        misread(6),
        title="a b: c",
        slug="x: y",
    ),
    key(
        "a nested mapping survives",
        "title: a: b\nseries:\n  name: S\n  part: 2",
        misread(4),
        title="a: b",
        series={"name": "S", "part": 2},
    ),
    block(
        "indented keys survive",
        "  tags: [post]\n  date: 2025-01-01\n  title: a: b\n  image:\n"
        "    src: a.png\n  slug: s",
        misread(4),
        title="a: b",
        image=picture("a.png"),
        slug="s",
    ),
    key(
        "two broken keys are told of at the first",
        "title: a: b\nslug: c: d",
        misread(4),
        title="a: b",
        slug="c: d",
    ),
    key(
        "a control character",
        "slug: s\ntitle: a\x00b",
        misread(5, "unacceptable"),
        title="a\x00b",
        slug="s",
    ),
    key("a form feed", "title: a\x0cb\nslug: s", misread(4), title="a b", slug="s"),
    key("items below a text", "slug: s\n- a\n- b", misread(5), slug="s"),
    block("a directive of YAML", f"%YAML 1.2\n{HEAD}slug: s", misread(2), slug="s"),
    key(
        "a key that stands twice in a broken block",
        "slug: a\nslug: b\ntitle: a: b",
        told(5, "'slug' stands more than once"),
        misread(6),
        slug="b",
        title="a: b",
    ),
    block(
        "a broken date is told of as a date alone",
        "tags: [post]\ndate: 2025: x\ntitle: T",
        (3, "date", "is not a date"),
        date=None,
        title="T",
    ),
    key(
        "a list nested too deep",
        f"deep: {'[' * 9000}\nslug: s",
        misread(4, "it is nested more than 100"),
        slug="s",
    ),
    key(
        "dashes nested too deep",
        f"deep:\n  {'- ' * 40_000}a\nslug: s",
        misread(4, "it is nested more than 100"),
        slug="s",
    ),
    key(
        "a huge value with a colon",
        f"title: a: {'x' * 100_000}\nslug: s",
        misread(4),
        title=f"a: {'x' * 100_000}",
        slug="s",
    ),
]

YAML = [
    key("keys may have capitals", "Title: A\nSLUG: s", title="A", slug="s"),
    block(
        "all keys may have capitals",
        "Tags: [post]\nDate: 2025-01-01\nTitle: A",
        title="A",
    ),
    key("quoted keys are keys", "\"title\": A\n'slug': s", title="A", slug="s"),
    key("a blank may stand before the colon", "title : A", title="A"),
    key(
        "of a key that stands twice the last counts",
        "title: A\ntitle: B",
        told(5, "'title' stands more than once"),
        title="B",
    ),
    key(
        "a key that stands three times is told of once",
        "title: A\ntitle: B\nslug: s\ntitle: C",
        told(7, "'title' stands more than once"),
        title="C",
        slug="s",
    ),
    key(
        "a foreign key that stands twice is told of too",
        "layout: A\nlayout: B",
        told(5, "'layout' stands more than once"),
    ),
    key(
        "a key in two cases is told of",
        "Title: A\ntitle: B",
        told(4, "'Title' means the same as 'title'"),
        title="B",
    ),
    key("a foreign key in two cases passes", "Layout: A\nlayout: B"),
    key(
        "an anchor serves two keys",
        "title: &a X\ndescription: *a",
        title="X",
        description="X",
    ),
    key(
        "a merge key is merged",
        "base: &b {src: a.png, alt: A}\nimage:\n  <<: *b\n  alt: B",
        image=picture("a.png", "B"),
    ),
    key(
        "of two merged mappings the first wins",
        "a: &a {src: a.png}\nb: &b {src: b.png, alt: B}\nimage:\n  <<: [*a, *b]",
        image=picture("a.png", "B"),
    ),
    block(
        "keys can be merged at the top",
        "base: &b\n  tags: [post, a]\n  date: 2025-01-01\n<<: *b\ntitle: X",
        tags=("a",),
        title="X",
    ),
    block(
        "a merge key is merged beside an impossible day",
        "tags: [post]\ndate: 2025-13-01\nb: &b {src: a.png}\n"
        "image:\n  <<: *b\n  alt: B",
        (3, "date", "no day"),
        date=None,
        image=picture("a.png", "B"),
    ),
    key(
        "an anchor within itself is nothing",
        "deep: &x [*x]\ntitle: *x",
        told(5, "title: it takes a text"),
    ),
    key(
        "anchors that multiply cost nothing",
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{new}: &{new} [{','.join(['*' + old] * 10)}]\n"
            for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "draft: *i",
        told(13, "draft: it takes 'true' or 'false', not a list"),
        draft=True,
    ),
    key("a literal text is one line", "title: |\n  A\n  B", title="A B"),
    key("a folded text is one line", "title: >-\n  A\n  B\n\n  C", title="A B C"),
    key("a quoted text may go on", 'title: "A\n  B"', title="A B"),
    key("a plain text may go on", "description: A\n  B", description="A B"),
    key("a doubled apostrophe is one", "title: 'a''b'", title="a'b"),
    key("an escaped line end is a space", r'title: "a\nb"', title="a b"),
    key("a number sign begins a comment", "title: A #1", title="A"),
    key("a tag of YAML is passed over", "title: !custom 5", title="5"),
    key(
        "flow style is read",
        "series: {name: S, part: 2}",
        series={"name": "S", "part": 2},
    ),
    key(
        "deep nesting is no concern",
        "x:\n" + "".join(" " * n + "a:\n" for n in range(1, 300)),
    ),
    key("a huge value is read", f"title: {'x' * 100_000}", title="x" * 100_000),
    key(
        "a huge block is read",
        "description: |\n" + "  line of text\n" * 8000 + "slug: s",
        description=" ".join(["line of text"] * 8000),
        slug="s",
    ),
    key("keys that are numbers or null pass", "1: a\n2.0: b\nnull: c"),
    key("a key that is a list passes", "? [a, b]\n: c\ntitle: A", title="A"),
    key(
        "what ends a line for YAML alone shifts no line",
        'title: "a\u2028b"\nslug: [s]',
        told(5, "slug: it takes a text"),
        title="a b",
    ),
]

TAGS = [
    tagged(
        "tags keep their spelling",
        "[post, 3.10, no, 12:30, 0123, 1_000, 0x1F, .5]",
        "3.10",
        "no",
        "12:30",
        "0123",
        "1_000",
        "0x1F",
        ".5",
    ),
    tagged("tags may be numbers", "[post, 2025, 1.5, true]", "2025", "1.5", "true"),
    tagged("tags that are null are none", "[post, null, ~, '', a]", "a"),
    tagged("a tag in quotes may say null", '[post, "null"]', "null"),
    tagged("tags may be one scalar", "post"),
    tagged("tags may be a text with commas", "post, a , b,", "a", "b"),
    tagged("a tag in a list may hold a comma", "[post, 'a, b']", "a, b"),
    tagged("spaces around tags are cut", "[post, 'x  ', ' y']", "x", "y"),
    tagged(
        "invisible signs in tags are cut",
        '["post\u200b", "a\\u200b", "\ufeffb"]',
        "a",
        "b",
    ),
    tagged("a tag that stands twice counts once", "[post, a, a]", "a"),
    tagged("tags may be a block list", "\n- post\n- a\n-\n- b", "a", "b"),
    tagged("a marker tag may be spelled otherwise", "[Post, a]", "a"),
    tagged(
        "tags in other scripts are tags",
        "[post, 日本語, 🎉, C++]",
        "日本語",
        "🎉",
        "C++",
    ),
    tagged("without a marker tag there is no post", "[a]", "a", is_post=False),
    tagged("a number alone is one tag", "3.10", "3.10", is_post=False),
    tagged("tags may be null", "null", is_post=False),
    tagged("tags may be empty", "[]", is_post=False),
    tagged(
        "another marker can be chosen",
        "[blog, post]",
        "post",
        rules={"marker_tags": ("blog",)},
    ),
    block(
        "of nested tags the plain ones are kept",
        "date: 2025-01-01\ntags: [post, [a, b], c]",
        told(3, "tags: it takes a list of names, one level deep"),
        tags=("c",),
    ),
    block(
        "of tags with a colon the others are kept",
        "date: 2025-01-01\ntags: [post, a: b]",
        told(3, "tags: it takes a list of names, one level deep"),
    ),
    block(
        "tags that are a mapping are refused",
        "date: 2025-01-01\ntags: {a: b}\nblogpost: true",
        told(3, "tags: it takes a list of names"),
        blogpost=True,
    ),
]

IMAGES = [
    key("an image may be null", "image: null"),
    key("an image may be empty", "image:"),
    key("an image may be false", "image: false"),
    key("an image may be no", "image: no"),
    key("an image may be an empty list", "image: []"),
    key("an image may be a blank", "image: ' '"),
    key("the image 0 is none", "image: 0"),
    key("an image may be a number", "image: 3", image=picture("3")),
    key(
        "an image may be a path",
        "image: /media/a b.png",
        image=picture("/media/a b.png"),
    ),
    key(
        "an image may be a URL",
        "image: https://a.b/c.png",
        image=picture("https://a.b/c.png"),
    ),
    key("blanks around an image are cut", "image: 'a.png '", image=picture("a.png")),
    key("an image may be a list of one", "image: [a.png]", image=picture("a.png")),
    key(
        "an image may be a list of one mapping",
        "image:\n- src: a.png\n  alt: A",
        image=picture("a.png", "A"),
    ),
    key(
        "two images are refused",
        "image: [a.png, b.png]",
        (4, "image", "it takes one picture"),
    ),
    key(
        "an image may be a mapping",
        "image:\n  src: a.png\n  alt: A\n  focus: 50% 30.5%\n  caption: C\n  credit: R",
        image=picture("a.png", "A", focus="50% 30.5%", caption="C", credit="R"),
    ),
    key("a mapping may say url", "image: {url: a.png}", image=picture("a.png")),
    key("a mapping may say path", "image: {path: a.png}", image=picture("a.png")),
    key("a mapping may say image", "image: {image: a.png}", image=picture("a.png")),
    key(
        "an empty alt is said",
        "image: {src: a.png, alt: ''}",
        image=picture("a.png", ""),
    ),
    key("a null alt is not said", "image: {src: a.png, alt: }", image=picture("a.png")),
    key("a source that is false is no image", "image: {src: false, alt: A}"),
    key(
        "further keys of an image pass",
        "image: {src: a.png, width: 3}",
        image=picture("a.png"),
    ),
    key("an image needs a source", "image: {alt: A}", (4, "image", "needs 'src'")),
    key("an empty mapping is refused", "image: {}", (4, "image", "needs 'src'")),
    key(
        "a wrong focus leaves the image",
        "image: {src: a.png, focus: center}",
        (4, "image", "'focus' takes '50% 30%', not 'center'"),
        image=picture("a.png"),
    ),
    key(
        "a wrong alt leaves the image",
        "image: {src: a.png, alt: [x]}",
        (4, "image", "'alt' takes a text"),
        image=picture("a.png"),
    ),
    key("image_alt is a text", "image_alt: A b", image_alt="A b"),
    key(
        "image_alt is no list", "image_alt: [a]", told(4, "image_alt: it takes a text")
    ),
]

TITLES = [
    key("a template in quotes is text", "title: '{{ x }}'", title="{{ x }}"),
    key("a template is text", "title: {{ page.title }}", title="{{ page.title }}"),
    key(
        "a template behind an emoji is found",
        "title: 🎉 x\ndescription: {{ y }}",
        title="🎉 x",
        description="{{ y }}",
    ),
    key(
        "markup in a title is text",
        "title: <del>Old</del> New",
        title="<del>Old</del> New",
    ),
    key("a title may be a number", "title: 3.10", title="3.10"),
    key("a title may be a year", "title: 2024", title="2024"),
    key("a title may be a word of YAML", "title: no", title="no"),
    key("a title may be a time", "title: 1:30", title="1:30"),
    key("a title may be a date", "title: 2025-13-01", title="2025-13-01"),
    key("a title may be null", "title: null"),
    key("a title may be empty", "title: ''"),
    key("invisible signs in a title are cut", "title: a\u200bb", title="ab"),
    key("a title is no mapping", "title: {a: b}", told(4, "title: it takes a text")),
    key("a title is no list", "title: [WIP]", told(4, "title: it takes a text")),
]

DATES = [
    dated("2025-05-08", "2025-05-08T00:00:00+00:00"),
    dated("'2025-05-08'", "2025-05-08T00:00:00+00:00"),
    dated("2021-9-03", "2021-09-03T00:00:00+00:00"),
    dated("2025-05-08 # a comment", "2025-05-08T00:00:00+00:00"),
    dated("2015-01-02 11:00:28 -0400", "2015-01-02T15:00:28+00:00"),
    dated("2015-01-02 9:05:00 -0400", "2015-01-02T13:05:00+00:00"),
    dated("2025-05-08T14:30:00Z", "2025-05-08T14:30:00+00:00"),
    dated("2025-01-02T10:00:00.000Z", "2025-01-02T10:00:00+00:00"),
    dated("2025-05-08 14:30", "2025-05-08T14:30:00+00:00"),
    dated("2025-5-8 14:30", "2025-05-08T14:30:00+00:00"),
    dated("2025-05-08, 14:30", "2025-05-08T14:30:00+00:00"),
    dated("2025-05-08 at 10:00", "2025-05-08T10:00:00+00:00"),
    dated("2025-05-08 14.30", "2025-05-08T14:30:00+00:00"),
    dated("2025-05-08 2:30 PM", "2025-05-08T14:30:00+00:00"),
    dated("20250508", "2025-05-08T00:00:00+00:00"),
    dated("2025/5/8", "2025-05-08T00:00:00+00:00"),
    dated("2025.05.08", "2025-05-08T00:00:00+00:00"),
    dated("3 Sept, 2024", "2024-09-03T00:00:00+00:00"),
    dated("May 23rd, 2023", "2023-05-23T00:00:00+00:00"),
    dated("03-May-2023", "2023-05-03T00:00:00+00:00"),
    dated("Thu, 08 May 2025 10:00:00 +0200", "2025-05-08T08:00:00+00:00"),
    dated("Thu, 08 May 2025 10:00:00 GMT", "2025-05-08T10:00:00+00:00"),
    dated("2026-01-04 16:39.000000000 +09:00", "2026-01-04T07:39:00+00:00"),
    dated("13/04/2023", "2023-04-13T00:00:00+00:00"),
    dated("04/13/2023", "2023-04-13T00:00:00+00:00"),
    dated("04.04.2023", "2023-04-04T00:00:00+00:00"),
    misdated("03/04/2023", "can be read two ways"),
    misdated("03/04/2023 10:00", "can be read two ways"),
    misdated("Mon 03/04/2023", "can be read two ways"),
    misdated("03.04.2023", "can be read two ways"),
    misdated("3-4-2023", "can be read two ways"),
    misdated("3 4 2023", "can be read two ways"),
    misdated("3,4,2023", "can be read two ways"),
    misdated("08/05/25", "needs four digits"),
    misdated("13/5/25", "needs four digits"),
    misdated("250508", "needs four digits"),
    misdated("8th May '25", "needs four digits"),
    misdated("May 2023", "lacks a part"),
    misdated("2023", "lacks a part"),
    misdated("2023-05", "lacks a part"),
    misdated("12/2024", "lacks a part"),
    misdated("Jan 5", "lacks a part"),
    misdated("Monday", "lacks a part"),
    misdated("10:30", "lacks a part"),
    misdated("2025-02-30", "there is no day"),
    misdated("2025-13-01", "there is no day"),
    misdated("0000-00-00", "there is no day"),
    misdated("2025-05-08T25:00", "is not a date"),
    misdated("1700000000", "is not a date"),
    misdated("today", "is not a date"),
    misdated("soon", "is not a date"),
    misdated("true", "is not a date"),
    misdated("2025-05-08 10:00 EST", "is not a date"),
    misdated("0001-01-01 00:00 +14:00", "out of range"),
    misdated("{{ date }}", "is not a date"),
    misdated("[2025-01-01]", "it takes one date"),
    misdated("{a: b}", "it takes one date"),
    misdated("none", "has no date"),
    misdated("null", "has no date"),
    misdated("''", "has no date"),
    block("a post without a date says so", "tags: [post]", undated(), date=None),
    named("2023-01-30-index", "2023-01-30T00:00:00+00:00"),
    named("2023-01-30-x/index", "2023-01-30T00:00:00+00:00"),
    named("posts/2023-01-30", "2023-01-30T00:00:00+00:00"),
    named("posts/2023-01-30/index", "2023-01-30T00:00:00+00:00"),
    named("2023-01-30-x/page", None),
    named("2023-13-30-x", None),
    named("posts/x-2023-01-30", None),
    named("posts/20230130-x", None),
    block(
        "a date that is none leaves that of the name",
        "tags: [post]\ndate: none",
        docname="2023-01-30-x",
        date="2023-01-30T00:00:00+00:00",
    ),
    block(
        "a date that is wrong is not replaced by that of the name",
        "tags: [post]\ndate: 2024-02-30",
        (3, "date", "there is no day"),
        docname="2023-01-30-x",
        date=None,
    ),
    block(
        "a date wins over that of the name",
        HEAD,
        docname="2023-01-30-x",
    ),
    key(
        "updated is a date", "updated: 2025-02-03", updated="2025-02-03T00:00:00+00:00"
    ),
    key("updated may be wrong", "updated: soon", (4, "date", "updated: 'soon' is not")),
    key(
        "expires is a date", "expires: 2030-01-01", expires="2030-01-01T00:00:00+00:00"
    ),
    key("expires may be none", "expires: none"),
    key(
        "expires may be wrong", "expires: never", (4, "date", "expires: 'never' is not")
    ),
]

_PEOPLE = "it takes names, or mappings with 'name'"
_SERIES = "it takes a name, or a mapping with 'name'"
PEOPLE = [
    key("an author is a name", "author: A B", author=(person("A B"),)),
    key("a name may hold commas", "author: A, B and C", author=(person("A, B and C"),)),
    key("an author may be null", "author: null"),
    key(
        "authors may be a list",
        "authors: [A, '', B]",
        author=(person("A"), person("B")),
    ),
    key(
        "an author may be a mapping",
        "author: {name: A, url: https://a.b, image: a.png, email: x}",
        author=(person("A", "https://a.b"),),
    ),
    key(
        "names and mappings may be mixed",
        "authors:\n- A\n- name: B\n  url: http://b.c",
        author=(person("A"), person("B", "http://b.c")),
    ),
    key("an author needs a name", "author: {url: https://a.b}", told(4, _PEOPLE)),
    key(
        "a list in a list is no author",
        "author: [[A], B]",
        told(4, _PEOPLE),
        author=(person("B"),),
    ),
    key(
        "a wrong URL leaves the author",
        "authors:\n- name: A\n  url: javascript:x\n- B",
        told(4, "author: url: it takes a URL"),
        author=(person("A"), person("B")),
    ),
    key("a series is a name", "series: S", series={"name": "S", "part": None}),
    key("a series may be null", "series:"),
    key(
        "a part may have zeros",
        "series: {name: S, part: 02}",
        series={"name": "S", "part": 2},
    ),
    key(
        "part 0 leaves the series",
        "series: {name: S, part: 0}",
        told(4, _SERIES),
        series={"name": "S", "part": None},
    ),
    key(
        "a part in words leaves the series",
        "series: {name: S, part: two}",
        told(4, _SERIES),
        series={"name": "S", "part": None},
    ),
    key("a series needs a name", "series: {part: 2}", told(4, _SERIES)),
    key(
        "a series may be a list of one",
        "series: [S]",
        series={"name": "S", "part": None},
    ),
    key("a series is no list", "series: [S, T]", told(4, "series: it takes")),
    block(
        "a date may be a mapping",
        "tags: [post]\ndate: {created: 2024-01-31, updated: 2024-02-01}",
        date="2024-01-31T00:00:00+00:00",
        updated="2024-02-01T00:00:00+00:00",
    ),
    key("a category is a name", "category: A, B", category=("A, B",)),
    key("a category may be a list", "category: [A, 3.10]", category=("A", "3.10")),
    key("a category may be null", "category: null"),
    key(
        "a category is no mapping",
        "category: {a: b}",
        told(4, "category: it takes a list"),
    ),
]

_URL = "it takes a URL that begins with https://"
LINKS = [
    key(
        "an external URL",
        "external_url: https://a.b/c?d#e",
        external_url="https://a.b/c?d#e",
    ),
    key(
        "a scheme may have capitals",
        "external_url: HTTPS://A.B",
        external_url="HTTPS://A.B",
    ),
    key("an external URL may be null", "external_url: null"),
    key("javascript is no URL", "external_url: javascript:alert(1)", told(4, _URL)),
    key("JavaScript is no URL", "external_url: ' JavaScript:alert(1)'", told(4, _URL)),
    key("data is no URL", "canonical_url: 'data:text/html,x'", told(4, _URL)),
    key("a URL needs a host", "canonical_url: 'https:///x'", told(4, _URL)),
    key("a URL needs a scheme", "canonical_url: //a.b/c", told(4, _URL)),
    key("a path is no URL", "external_url: /x", told(4, _URL)),
    key("a bracket is no host", "external_url: http://[bad", told(4, _URL)),
    key(
        "a list is no URL",
        "external_url: [https://a.b]",
        told(4, "external_url: it takes a text"),
    ),
    key("a canonical URL", "canonical_url: https://a.b", canonical_url="https://a.b"),
    key("a permalink is a path", "permalink: /a/b/", permalink="/a/b/"),
    key("a permalink may be false", "permalink: false", permalink=False),
    key("a permalink may be no", "permalink: 'No'", permalink=False),
    key(
        "a permalink may be a template",
        "permalink: /x/{{ title | slugify }}/index.html",
        permalink="/x/{{ title | slugify }}/index.html",
    ),
    key(
        "a permalink is not true",
        "permalink: true",
        told(4, "it takes a path, or 'false'"),
    ),
    key(
        "a permalink is no mapping",
        "permalink: {a: b}",
        told(4, "permalink: it takes a text"),
    ),
    key("a slug is a text", "slug: 3.10", slug="3.10"),
    key("a slug is no list", "slug: [a]", told(4, "slug: it takes a text")),
    key("a redirect is a path", "redirect_from: /a", redirect_from=("/a",)),
    key(
        "redirects may be a list", "redirect_from: [/a, /b]", redirect_from=("/a", "/b")
    ),
    key(
        "redirects are no mapping",
        "redirect_from: {a: b}",
        told(4, "redirect_from: it takes a list"),
    ),
    key("guides are names", "guides: [a, https://x.y]", guides=("a", "https://x.y")),
    key("a guide may stand alone", "guides: a", guides=("a",)),
    key("guides may be none", "guides: []", guides=()),
    key("guides may be null", "guides: null"),
    key("guides are no mapping", "guides: {a: b}", told(4, "guides: it takes a list")),
    key("a guide is for tags", "guide_for: [a, b]", guide_for=("a", "b")),
    key(
        "a guide may be for a text with commas", "guide_for: a, b", guide_for=("a", "b")
    ),
    key(
        "a guide is for no mapping",
        "guide_for: {a: b}",
        told(4, "guide_for: it takes a list"),
    ),
]

_FLAG = "it takes 'true' or 'false', not"
_HELD = "; the post is held back"
FLAGS = [
    key("draft may be true", "draft: true", draft=True),
    key("draft may be yes", "draft: yes", draft=True),
    key("draft may be 1", "draft: 1", draft=True),
    key("draft may be off", "draft: 'off'", draft=False),
    key("draft may be null", "draft: null"),
    key(
        "a draft that is no flag is one",
        "draft: ture",
        told(4, f"draft: {_FLAG} 'ture'{_HELD}"),
        draft=True,
    ),
    key(
        "a draft that is a number is one",
        "draft: 2",
        told(4, f"draft: {_FLAG} '2'{_HELD}"),
        draft=True,
    ),
    key(
        "a draft that is a list is one",
        "draft: [false]",
        told(4, f"draft: {_FLAG} a list or a mapping{_HELD}"),
        draft=True,
    ),
    key(
        "a draft that is a mapping is one",
        "draft: {a: b}",
        told(4, f"draft: {_FLAG} a list or a mapping{_HELD}"),
        draft=True,
    ),
    key(
        "a draft that is a template is one",
        "draft: {{ page.draft }}",
        told(4, f"draft: {_FLAG} '{{{{ page.draft }}}}'{_HELD}"),
        draft=True,
    ),
    key(
        "a draft in a broken block that is no flag is one",
        "draft: ture\nslug: a: b",
        told(4, f"draft: {_FLAG} 'ture'{_HELD}"),
        misread(5),
        draft=True,
        slug="a: b",
    ),
    key(
        "a draft without a space is one",
        "draft:true",
        misread(4, "it is no list of keys"),
        draft=True,
    ),
    key(
        "a draft without a space amid others is one",
        "Published:false\nslug: a",
        misread(4, "it is no list of keys"),
        published=False,
        slug="a",
    ),
    key(
        "a draft by another name that is no flag is one",
        "Hidden: ture",
        told(4, f"draft: {_FLAG} 'ture'{_HELD}"),
        draft=True,
        rules={"aliases": {"hidden": "draft"}},
    ),
    key(
        "a draft of a glob that is no flag is one",
        "slug: a",
        told(1, f"draft: {_FLAG} 'ture'{_HELD}"),
        draft=True,
        slug="a",
        rules={"defaults": {"posts/**": {"draft": "ture"}}},
    ),
    raw(
        "a draft in TOML that is no flag is one",
        "+++\ntags = ['post']\ndate = 2025-01-01\ndraft = 2\n+++\n",
        told(4, f"draft: {_FLAG} '2'{_HELD}"),
        draft=True,
    ),
    raw(
        "a draft in broken TOML that is no flag is one",
        "+++\ntags = ['post']\ndate = 2025-01-01\ndraft = ture\n+++\n",
        told(4, f"draft: {_FLAG} 'ture'{_HELD}"),
        draft=True,
    ),
    raw(
        "a draft in reStructuredText that is no flag is one",
        ":tags: post\n:date: 2025-01-01\n:draft: ture\n\nTitle\n=====\n",
        told(3, f"draft: {_FLAG} 'ture'{_HELD}"),
        draft=True,
        form="restructuredtext",
    ),
    key("published may be false", "published: false", published=False),
    key("published may have capitals", "published: TRUE", published=True),
    key("published may be null", "published:"),
    key(
        "a date beside that of publication counts",
        "published: 2024-01-01",
        published="2024-01-01T00:00:00+00:00",
    ),
    block(
        "what is published on a day is dated",
        "tags: [post]\npublished: 2024-01-01",
        date="2024-01-01T00:00:00+00:00",
        published="2024-01-01T00:00:00+00:00",
    ),
    key(
        "what is published on no day is not",
        "published: 2024-02-30",
        told(4, f"published: {_FLAG} '2024-02-30'{_HELD}"),
        published=False,
    ),
    key(
        "what is published by no flag is not",
        "published: flase",
        told(4, f"published: {_FLAG} 'flase'{_HELD}"),
        published=False,
    ),
    key("featured may be true", "featured: true", featured=1),
    key("featured may be false", "featured: false"),
    key("featured may be 0", "featured: 0"),
    key("featured may be a rank", "featured: 3", featured=3),
    key("featured may be null", "featured:"),
    key(
        "featured is not negative",
        "featured: -1",
        told(4, "or a rank from 1, not '-1'"),
    ),
    key(
        "featured is no fraction",
        "featured: 1.5",
        told(4, "or a rank from 1, not '1.5'"),
    ),
    key(
        "featured is no long number",
        f"featured: {'9' * 5000}",
        told(4, "or a rank from 1"),
    ),
    key(
        "featured is no list", "featured: [1]", told(4, "or a rank from 1, not a list")
    ),
    key("a description is a text", "description: A b.", description="A b."),
    key("a description may be a count", "description: 2", description=2),
    key(
        "a description may be a long number", "description: 12345", description="12345"
    ),
    key("a description may be null", "description: null"),
    key(
        "a description is no list",
        "description: [a]",
        told(4, "description: it takes a text"),
    ),
    block("blogpost makes a post", "date: 2025-01-01\nblogpost: true", blogpost=True),
    key("blogpost may be false", "blogpost: false", blogpost=False, is_post=False),
    key("blogpost is no other word", "blogpost: x", told(4, f"blogpost: {_FLAG}")),
    key("post may be false", "post: false", post=False, is_post=False),
    key("post may be true", "post: true", post=True),
    key("post is no other word", "post: x", told(4, f"post: {_FLAG}")),
    block(
        "post false wins over blogpost",
        "date: 2025-01-01\nblogpost: true\npost: false",
        blogpost=True,
        post=False,
        is_post=False,
    ),
]

#: The first name of a row wins: its value, then those of the other names.
ROWS: dict[tuple[str, ...], tuple[str, Any]] = {
    ("date", "created", "publishDate", "published_at"): ("2025-01-01", None),
    ("updated", "lastmod", "modified", "last_modified_at"): ("2025-01-01", DAY),
    ("image", "cover", "thumbnail", "feature_image", "header_image"): (
        "a.png",
        picture("a.png"),
    ),
    ("category", "categories"): ("[A]", ("A",)),
    ("author", "authors"): ("[A]", (person("A"),)),
    ("description", "summary", "excerpt"): ("Text", "Text"),
    ("expires", "expiryDate", "unpublishdate"): ("2025-01-01", DAY),
    ("featured", "pin", "pinned", "sticky"): ("2", 2),
    ("guides", "further_reading"): ("[a]", ("a",)),
    ("related", "related_posts"): ("[a, posts/b]", ("a", "posts/b")),
    ("external_url", "external_link"): ("https://a.b", "https://a.b"),
    ("canonical_url", "canonical", "canonical_link"): ("https://a.b", "https://a.b"),
    ("redirect_from", "aliases", "redirect"): ("/a", ("/a",)),
}
ALIASES = [
    block(
        f"{name} is read as {row[0]}",
        f"tags: [post]\n{name}: {value}"
        + ("" if row[0] == "date" else "\ndate: 2025-01-01"),
        **({} if row[0] == "date" else {row[0]: result}),
    )
    for row, (value, result) in ROWS.items()
    for name in (*row[1:], row[-1].upper())
]
PAIRS = [
    block(
        f"{winner} wins over {loser}",
        f"tags: [post]\n{loser}: {value}\n{winner}: {value}"
        + ("" if row[0] == "date" else "\ndate: 2025-01-01"),
        told(3, f"'{loser}' means the same as '{winner}', which is used"),
        **({} if row[0] == "date" else {row[0]: result}),
    )
    for row, (value, result) in ROWS.items()
    for winner, loser in pairwise(row)
]

NEAR = {
    "titel": "title",
    "tag": "tags",
    "dat": "date",
    "desciption": "description",
    "drafts": "draft",
    "authr": "author",
    "categorie": "categories",
    "expire": "expires",
    "serie": "series",
    "guide": "guides",
    "image-alt": "image_alt",
    "canonicalURL": "canonical_url",
    "redirect-from": "redirect_from",
    "featured_image": "feature_image",
    "Permalnk": "permalink",
}
HINTS = [
    key(
        f"{name} is probably {meant}", f"{name}: x", told(4, f"did you mean '{meant}'?")
    )
    for name, meant in NEAR.items()
]
FOREIGN = [
    key(
        "keys of Eleventy pass",
        "layout: post.njk\neleventyNavigation: {key: a}\n"
        "eleventyExcludeFromCollections: true\neleventyComputed: {a: b}",
    ),
    key(
        "keys of Hugo pass",
        "weight: 3\ntype: post\nmenu: main\nurl: /a\nkeywords: [a]\nimages: [a]",
    ),
    key(
        "keys of Jekyll pass",
        "layout: post\ncomments: true\ntoc: true\nmathjax: true\nlang: en",
    ),
    key(
        "keys of MyST pass",
        "myst: {a: b}\nhtml_theme: a\norphan: true\ntocdepth: 2\nkernelspec: {a: b}",
    ),
    key("keys that nobody knows pass", "foo: bar\nzzz: 1"),
    key(
        "exclude is told of",
        "exclude: true",
        told(4, "exclude: it has no meaning here"),
    ),
    block(
        "ABlog's front matter is read",
        "blogpost: true\ndate: Jan 5, 2025\nauthor: Y\nlocation: World\ncategory: X\n"
        "tags: a, b\nlanguage: English\nimage: 1\nexcerpt: 2\nexternal_link: https://x.y\n"
        "redirect: blog/old\nnocomments:\nexclude:",
        told(14, "exclude: it has no meaning here"),
        blogpost=True,
        date="2025-01-05T00:00:00+00:00",
        tags=("a", "b"),
        author=(person("Y"),),
        category=("X",),
        image=picture("1"),
        description=2,
        external_url="https://x.y",
        redirect_from=("blog/old",),
    ),
]


def rst(name: str, text: str, *problems: Told, **expected: Any) -> Case:
    return raw(name, text, *problems, form="restructuredtext", **expected)


DOCINFO = [
    rst("docinfo is read", ":tags: post, a\n:date: 2025-01-01\n\nT\n=\n", tags=("a",)),
    rst(
        "docinfo may have a byte-order mark and Windows line ends",
        "\ufeff:tags: post, a\r\n:date: 2025-01-01\r\n:slug: s\r\n\r\nText\r\n",
        tags=("a",),
        slug="s",
    ),
    rst(
        "comments may come before docinfo",
        ".. a comment\n   of two lines\n\n:tags: post\n:date: 2025-01-01\n",
    ),
    rst(
        "bullets in docinfo are a list",
        ":date: 2025-01-01\n:tags:\n  - post\n  - a, b\n\n  * c\n:slug: s\n",
        tags=("a, b", "c"),
        slug="s",
    ),
    rst(
        "a field may go on",
        ":tags: post\n:date: 2025-01-01\n:description: One\n  two\n\n  three\n",
        description="One two three",
    ),
    rst(
        "lines of docinfo are counted",
        "\n:tags: post\n:date: 2025-13-01\n:draft: maybe\n",
        (3, "date", "there is no day"),
        told(4, "draft: it takes"),
        date=None,
        draft=True,
    ),
    rst(
        "a field that stands twice is told of",
        ":tags: post\n:date: 2025-01-01\n:slug: a\n:slug: b\n",
        told(4, "'slug' stands more than once"),
        slug="b",
    ),
    rst(
        "fields may have capitals",
        ":Tags: post\n:Date: 2025-01-01\n:Title: A\n",
        title="A",
    ),
    rst(
        "names of ABlog are read",
        ":blogpost: true\n:date: Jan 5, 2025\n:excerpt: 2\n",
        blogpost=True,
        date="2025-01-05T00:00:00+00:00",
        description=2,
    ),
    rst(
        "an empty field is nothing",
        ":tags: post\n:date: 2025-01-01\n:image:\n:orphan:\n",
    ),
    rst(
        "a path in docinfo is a path",
        ":tags: post\n:date: 2025-01-01\n:image: /a/b.png\n",
        image=picture("/a/b.png"),
    ),
]


def notebook(
    name: str,
    source: str | list[str],
    *problems: Told,
    cell: str = "markdown",
    metadata: dict[str, Any] | None = None,
    **expected: Any,
) -> Case:
    cells = [{"cell_type": cell, "source": source}]
    text = json.dumps({"metadata": metadata or {}, "cells": cells})
    return raw(name, text, *problems, form="notebook", **expected)


NOTEBOOKS = [
    notebook(
        "a notebook's first cell is read", f"---\n{HEAD}title: A\n---\n", title="A"
    ),
    notebook(
        "a cell may be a list of lines",
        ["---\n", "tags: [post, a]\n", "date: 2025-01-01\n", "---\n", "# T"],
        tags=("a",),
    ),
    notebook("a raw cell is read", f"---\n{HEAD}---\n", cell="raw"),
    notebook(
        "lines of a notebook count in its cell",
        "---\ntags: [post]\ndate: soon\n---",
        (3, "date", "is not a date"),
        date=None,
    ),
    notebook(
        "broken YAML in a notebook is read key by key",
        f"---\n{HEAD}title: a: b\n---",
        misread(4),
        title="a: b",
    ),
    notebook(
        "the metadata of a notebook are read",
        "# T",
        metadata={"tags": ["post", 3.5], "date": "2025-01-01", "kernelspec": {"a": 1}},
        tags=("3.5",),
    ),
    notebook(
        "the first cell goes before the metadata",
        f"---\n{HEAD}title: Cell\n---",
        metadata={"title": "Metadata", "slug": "s", "draft": False},
        title="Cell",
        slug="s",
        draft=False,
    ),
]

HTML_META = [
    key(
        "a description of MyST is read",
        "myst: {html_meta: {description: A  B <c> & 1}}",
        description="A B <c> & 1",
    ),
    key(
        "a description of MyST is read at its old place",
        "html_meta: {description: Text}",
        description="Text",
    ),
    key(
        "the old place goes before the new one, as in MyST",
        "html_meta: {description: Old}\nmyst: {html_meta: {description: New}}",
        description="Old",
    ),
    key(
        "an old place without a description leaves none, as in MyST",
        "html_meta: {robots: noindex}\nmyst: {html_meta: {description: New}}",
    ),
    *(
        key(
            f"{name} wins over a description of MyST, and nothing is said",
            f"myst:\n  html_meta:\n    description: Theirs\n{name}: Ours",
            description="Ours",
        )
        for name in ("description", "summary", "excerpt", "Description")
    ),
    key(
        "a name of conf.py wins over a description of MyST",
        "html_meta: {description: Theirs}\nstandfirst: Ours",
        rules={"aliases": {"standfirst": "description"}},
        description="Ours",
    ),
    key(
        "a description that is refused is not replaced by that of MyST",
        "description: [a]\nhtml_meta: {description: Theirs}",
        told(4, "description: it takes a text"),
    ),
    key(
        "a description of MyST wins over a default",
        "html_meta: {description: Theirs}",
        rules={"defaults": {"**": {"description": "Default"}}},
        description="Theirs",
    ),
    key(
        "a description of MyST may go on",
        "myst:\n  html_meta:\n    description: |\n      One\n\n      two.",
        description="One two.",
    ),
    key(
        "a description of MyST in one language is read",
        'myst: {html_meta: {keywords: a, "description lang=en": Text}}',
        description="Text",
    ),
    key(
        "a description of MyST in no language goes first",
        'html_meta: {"description lang=en": In English, "name=Description": Text}',
        description="Text",
    ),
    key(
        "of languages the first is read",
        'html_meta: {"description lang=fr": Texte, "description lang=en": Text}',
        description="Texte",
    ),
    key(
        "a description of MyST that is nothing leaves room for another",
        'html_meta: {description: , "description lang=en": Text}',
        description="Text",
    ),
    key("a number counts no paragraphs in MyST", "html_meta: {description: 2}"),
    *(
        key(f"there is no description of MyST in {value}", f"{value}")
        for value in (
            "myst: {html_meta: {description: [a]}}",
            "myst: {html_meta: {'property=og:description': a}}",
            "myst: {html_meta: {'': a, ' ': b}}",
            "myst: {html_meta: [description]}",
            "myst: {description: a}",
            "myst: description",
            "html_meta:",
            "html_meta: description",
        )
    ),
    raw(
        "a description of MyST is read in TOML",
        '+++\ntags = ["post"]\ndate = 2025-01-01\n[myst.html_meta]\n'
        'description = "Text"\n+++\n',
        description="Text",
    ),
    rst(
        "there is no description of MyST in docinfo",
        ":tags: post\n:date: 2025-01-01\n:html_meta: description\n",
    ),
    notebook(
        "a description of MyST is read in the metadata of a notebook",
        "# T",
        metadata={
            "tags": ["post"],
            "date": "2025-01-01",
            "myst": {"html_meta": {"description": "Text"}},
        },
        description="Text",
    ),
]
#: Notebooks that have no front matter.
NO_NOTEBOOKS = {
    "no JSON": "{",
    "nothing": "{}",
    "a list": "[]",
    **{
        name: json.dumps({"metadata": {}, "cells": cells})
        for name, cells in {
            "no cells": [],
            "cells that are none": None,
            "cells of another kind": [3],
            "a first cell without text": [{"cell_type": "markdown"}],
            "a source that is no text": [{"cell_type": "markdown", "source": 3}],
            "a code cell": [{"cell_type": "code", "source": "---\na: b\n---"}],
            "a text": [{"cell_type": "markdown", "source": "Text"}],
        }.items()
    },
}

RULES = [
    key(
        "a foreign key can be given a meaning",
        "hero: a.png\nStandfirst: Text",
        rules={"aliases": {"hero": "image", "standfirst": "description"}},
        image=picture("a.png"),
        description="Text",
    ),
    key(
        "a key of ours wins over one given a meaning",
        "hero: a.png\ncover: b.png",
        told(4, "'hero' means the same as 'cover'"),
        rules={"aliases": {"hero": "image"}},
        image=picture("b.png"),
    ),
    key(
        "a key that is foreign elsewhere can be given a meaning",
        "subtitle: Text",
        rules={"aliases": {"subtitle": "description"}},
        description="Text",
    ),
    key(
        "defaults fill what is missing",
        "title: A",
        rules={"defaults": {"posts/**": {"title": "D", "author": "B", "draft": "1"}}},
        title="A",
        author=(person("B"),),
        draft=True,
    ),
    key(
        "a later glob wins",
        "title: A",
        rules={
            "defaults": {"**": {"slug": "a", "category": "C"}, "*/*": {"slug": "b"}}
        },
        title="A",
        slug="b",
        category=("C",),
    ),
    key(
        "a glob that does not match gives nothing",
        "title: A",
        rules={"defaults": {"news/**": {"slug": "a"}}},
        title="A",
    ),
    raw(
        "defaults make posts of files without front matter",
        "# Heading\n",
        rules={"defaults": {"posts/**": {"tags": ["post"], "date": "2025-01-01"}}},
    ),
    key(
        "a default that is wrong is told of at the first line",
        "title: A",
        told(1, "draft: it takes 'true' or 'false'"),
        rules={"defaults": {"**": {"draft": "maybe"}}},
        title="A",
        draft=True,
    ),
    key(
        "an empty key is not filled by a default",
        "image: false",
        rules={"defaults": {"**": {"image": "a.png"}}},
    ),
    key(
        "a default fills a key that stands under another name",
        "cover: b.png",
        rules={"defaults": {"**": {"image": "a.png"}}},
        image=picture("b.png"),
    ),
    raw(
        "a pattern makes posts of files without front matter",
        "# Heading\n",
        rules={"post_patterns": ("posts/*",)},
        docname="posts/2025-01-01-x",
    ),
    block(
        "a zone counts for dates that name none",
        "tags: [post]\ndate: 2025-01-01",
        rules={"zone": "Europe/Berlin"},
        date="2025-01-01T00:00:00+01:00",
    ),
]

CASES = [
    *FENCES, *TOML, *BROKEN, *YAML, *TAGS, *IMAGES, *TITLES, *DATES, *PEOPLE, *LINKS,
    *FLAGS, *ALIASES, *PAIRS, *HINTS, *FOREIGN, *DOCINFO, *NOTEBOOKS, *RULES,
    *HTML_META,
]  # fmt: skip
