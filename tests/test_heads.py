"""Heads of pages: nothing stands twice, nothing breaks out, and all of it is read."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_leadposts.publishing.heads import (
    Meta,
    list_metas,
    write_feed_links,
    write_head,
)
from sphinx_leadposts.publishing.records import (
    Article,
    Crumb,
    FeedLink,
    PageHead,
    Person,
    WebAuthor,
    WebPicture,
)
from sphinx_leadposts.publishing.structured import describe_page

SITE = "https://example.org/docs/"
PICTURE = WebPicture(
    url=f"{SITE}_images/cover-1200x630.jpg",
    mimetype="image/jpeg",
    length=81234,
    width=1200,
    height=630,
    alt="A lighthouse",
)
FEEDS = (
    FeedLink(title="Blog", href="../atom.xml", mimetype="application/atom+xml"),
    FeedLink(title="Blog", href="../feed.json", mimetype="application/feed+json"),
)
POST = PageHead(
    kind="post",
    title="How we moved",
    url=f"{SITE}blog/how-we-moved.html",
    site_name="Example",
    site_url=SITE,
    language="pt-BR",
    description="It took a week.",
    picture=PICTURE,
    crumbs=(
        Crumb(name="Blog", url=f"{SITE}blog/index.html"),
        Crumb(name="How we moved", url=f"{SITE}blog/how-we-moved.html"),
    ),
    feeds=FEEDS,
    article=Article(
        published=datetime(2024, 5, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))),
        updated=datetime(2024, 6, 2, tzinfo=UTC),
        authors=(
            WebAuthor(name="Ann Lee", url=f"{SITE}blog/authors/ann-lee.html"),
            WebAuthor(name="Guest"),
        ),
        tags=("moving", "C++"),
        section=("News", "Life"),
        words=812,
        series="Our move",
        part=2,
    ),
)
LIST = PageHead(
    kind="list",
    title="moving",
    url=f"{SITE}tags/moving.html",
    site_name="Example",
    site_url=SITE,
    description="All about moving.",
    picture=PICTURE,
    crumbs=(
        Crumb(name="Tags", url=f"{SITE}tags/index.html"),
        Crumb(name="moving", url=f"{SITE}tags/moving.html"),
    ),
    feeds=FEEDS,
    items=tuple(f"{SITE}blog/{name}.html" for name in ("how-we-moved", "b", "c")),
)
AUTHOR = replace(
    LIST,
    title="Ann Lee",
    url=f"{SITE}blog/authors/ann-lee.html",
    crumbs=(
        Crumb(name="Blog", url=f"{SITE}blog/index.html"),
        Crumb(name="Ann Lee", url=f"{SITE}blog/authors/ann-lee.html"),
    ),
    person=Person(
        name="Ann Lee",
        url="https://ann.example",
        description="She writes.",
        picture=replace(PICTURE, url=f"{SITE}_images/ann.jpg", width=0, height=0),
        links=("https://social.example/@ann", "https://code.example/ann"),
    ),
)
#: Every kind of page that there is, from the fullest to the barest.
HEADS = {
    "post": POST,
    "post of nobody": replace(POST, article=Article(), picture=None, feeds=()),
    "post without address": PageHead(kind="post", title="T", article=POST.article),
    "post of a title": PageHead(kind="post", title="T"),
    "list": LIST,
    "second page": replace(LIST, url=f"{SITE}tags/moving/page/2.html", start=25),
    "list of one": replace(LIST, items=LIST.items[:1]),
    "empty list": replace(LIST, items=(), picture=None, crumbs=(), description=""),
    "author": AUTHOR,
    "author of a name": replace(AUTHOR, person=Person(name="Ann Lee"), items=()),
    "author without address": PageHead(
        kind="list", title="Ann Lee", person=Person(name="Ann Lee")
    ),
}
each_head = pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)


def write_page(head: PageHead, present: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{present}\n'
        f"{write_head(head, present)}<title>T</title></head>"
        f"<body><p>B</p></body></html>"
    )


def read_metas(page: str) -> list[Meta]:
    """Return the metas of a page as a browser has them, those without a key apart."""
    found = []
    for element in lxml.html.document_fromstring(page).iterfind("head/meta"):
        for attribute in ("name", "property"):
            if key := element.get(attribute):
                content = element.get("content") or ""
                found.append(Meta(attribute=attribute, key=key, content=content))
    return found


def read_data(page: str) -> list[Any]:
    scripts = lxml.html.document_fromstring(page).iterfind("head/script")
    return [json.loads(script.text) for script in scripts]


@pytest.fixture(scope="session")
def extract() -> Callable[[str], dict[str, Any]]:
    """Return a reader of structured data that is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries for formats that we do not ask
        import extruct

    def read(page: str) -> dict[str, Any]:
        found: dict[str, Any] = extruct.extract(
            page, base_url=SITE, syntaxes=["json-ld", "opengraph"]
        )
        return found

    return read


# What stands in a head.


def test_a_post_says_all_that_link_previews_ask_for() -> None:
    described = [(m.attribute, m.key, m.content) for m in list_metas(POST)]
    assert described == [
        ("name", "description", "It took a week."),
        ("property", "og:title", "How we moved"),
        ("property", "og:type", "article"),
        ("property", "og:url", f"{SITE}blog/how-we-moved.html"),
        ("property", "og:site_name", "Example"),
        ("property", "og:description", "It took a week."),
        ("property", "og:locale", "pt_BR"),
        ("property", "og:image", f"{SITE}_images/cover-1200x630.jpg"),
        ("property", "og:image:type", "image/jpeg"),
        ("property", "og:image:width", "1200"),
        ("property", "og:image:height", "630"),
        ("property", "og:image:alt", "A lighthouse"),
        ("property", "article:published_time", "2024-05-01T09:30:00+02:00"),
        ("property", "article:modified_time", "2024-06-02T00:00:00+00:00"),
        ("property", "article:author", f"{SITE}blog/authors/ann-lee.html"),
        ("property", "article:section", "News"),
        ("property", "article:tag", "moving"),
        ("property", "article:tag", "C++"),
        ("name", "twitter:card", "summary_large_image"),
    ]


def test_what_is_empty_is_left_out() -> None:
    described = {m.key: m.content for m in list_metas(HEADS["post of a title"])}
    assert described == {
        "og:title": "T",
        "og:type": "article",
        "twitter:card": "summary",
    }
    unmeasured = replace(POST, picture=WebPicture(url=f"{SITE}a.jpg"))
    pictured = [m.key for m in list_metas(unmeasured) if "image" in m.key]
    assert pictured == ["og:image"]


@pytest.mark.parametrize(
    ("head", "kind"), [(POST, "article"), (LIST, "website"), (AUTHOR, "profile")]
)
def test_each_kind_of_page_has_its_type(head: PageHead, kind: str) -> None:
    metas = list_metas(head)
    assert [m.content for m in metas if m.key == "og:type"] == [kind]
    assert any(m.key.startswith("article:") for m in metas) == (kind == "article")


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("pt-BR", "pt_BR"),
        ("PT-br", "pt_BR"),
        ("zh-Hant-TW", "zh_TW"),
        ("zh-cmn-Hans-CN", "zh_CN"),
        ("sl-IT-nedis", "sl_IT"),
        ("ckb-IQ", "ckb_IQ"),
        ("en", ""),
        ("zh-Hans", ""),
        ("es-419", ""),  # Latin America is no territory
        ("de-u-co-phonebk", ""),  # an extension is none, either
        ("", ""),
    ],
)
def test_a_locale_has_a_territory(language: str, locale: str) -> None:
    metas = list_metas(replace(POST, language=language))
    found = [m.content for m in metas if m.key == "og:locale"]
    assert found == ([locale] if locale else [])


@each_head
def test_a_whole_page_is_read_back(
    head: PageHead, extract: Callable[[str], dict[str, Any]]
) -> None:
    page = write_page(head)
    assert read_metas(page) == list_metas(head)
    found = extract(page)
    properties = [m for m in list_metas(head) if m.attribute == "property"]
    assert found["opengraph"][0]["properties"] == [
        (m.key, m.content) for m in properties
    ]
    data = describe_page(head)
    assert data is not None
    assert found["json-ld"] == read_data(page) == [data]
    links = lxml.html.document_fromstring(page).iterfind("head/link")
    assert [dict(link.attrib) for link in links] == [
        {"rel": "alternate", "type": f.mimetype, "title": f.title, "href": f.href}
        for f in head.feeds
    ]


@each_head
def test_a_head_is_one_element_a_line_and_always_the_same(head: PageHead) -> None:
    text = write_head(head, "")
    assert text == write_head(head, " \n")
    starts = ("<meta ", "<link ", "<script ")
    assert all(line.startswith(starts) for line in text.splitlines())
    assert text.endswith("</script>\n")


# What stands there already.


@pytest.mark.parametrize(
    "present",
    [
        '<meta property="og:title" content="x">',
        "<META CONTENT='x' PROPERTY='OG:Title'/>",
        "<meta content=x property=og:title >",
        '<meta name="og:title" content="x" />',
        '<meta property=" og:title\n twitter:title" content="x">',
        '<meta name="title" property="og:title" content="x">',
        '<meta property="og&#58;title" content="x">',
        '<meta property="og:title" property="og:type" content="x">',
        '<p>no end <meta property="og:title" content="x"',
        '<!DOCTYPE html><![CDATA[x]]></b><meta property="og:title" content="x">',
    ],
)
def test_no_key_stands_twice_however_it_is_spelled(present: str) -> None:
    ours = [m.key for m in list_metas(POST) if m.key != "og:title"]
    if not present.endswith(">"):  # HTML drops what has no end
        ours.insert(1, "og:title")
    assert [m.key for m in read_metas(write_head(POST, present))] == ours


@pytest.mark.parametrize(
    "present",
    [
        "",
        "\n",
        '<!-- <meta property="og:title" content="x"> -->',
        '<script>\'<meta property="og:title" content="x">\'</script>',
        '<meta itemprop="og:title" content="og:title">',
        '<meta property="og:title:x" content="x"><meta charset="utf-8"><meta name>',
        '<link rel="alternate" hreflang="de" href="de.html">',
        "<![if !IE]><![endif]><![",
        "<![none of these[x]]>",
        '<!-- no end > <meta property="og:title" content="x">',
    ],
)
def test_what_is_no_meta_of_that_key_keeps_nothing_out(present: str) -> None:
    assert write_head(POST, present) == write_head(POST, "")


@pytest.mark.parametrize("key", ["og:image", "OG:Image:URL", "og:image:secure_url"])
def test_another_picture_keeps_out_what_is_said_of_ours(key: str) -> None:
    present = f'<meta property="{key}" content="https://example.net/x.png">'
    assert "og:image" not in write_head(POST, present)


def test_what_is_said_of_a_picture_keeps_out_that_alone() -> None:
    present = '<meta property="og:image:alt" content="x">'
    keys = [m.key for m in read_metas(write_head(POST, present)) if "image" in m.key]
    assert keys == ["og:image", "og:image:type", "og:image:width", "og:image:height"]


def test_tags_are_all_ours_or_all_theirs() -> None:
    present = '<meta property="article:tag" content="other">'
    assert "article:tag" not in write_head(POST, present)
    assert write_head(POST, "").count("article:tag") == 2


@pytest.mark.parametrize(
    ("present", "left"),
    [
        ("", 2),
        ('<link rel="alternate" type="application/atom+xml" href="../atom.xml">', 1),
        ("<LINK HREF=' ../atom.xml' TYPE=Application/Atom+XML REL='x Alternate'>", 1),
        ('<link rel="alternate" type="application/atom+xml" href="atom.xml">', 2),
        ('<link rel="alternate" type="application/rss+xml" href="../atom.xml">', 2),
        ('<link rel="self" type="application/atom+xml" href="../atom.xml">', 2),
    ],
)
def test_no_feed_is_named_twice(present: str, left: int) -> None:
    text = write_head(POST, present)
    assert text.count("<link ") == left
    assert write_feed_links(FEEDS, present).splitlines() == [
        line for line in text.splitlines() if line.startswith("<link ")
    ]


def test_links_to_feeds_hold_any_text() -> None:
    title, href = """Tag "<C&C>" 'x' 🎉""", 'x.xml?a="1"&amp;b=<2>'
    feed = FeedLink(title=title, href=href, mimetype="application/atom+xml")
    page = f"<html><head>{write_feed_links([feed], '')}</head></html>"
    (link,) = lxml.html.document_fromstring(page).iterfind("head/link")
    assert (link.get("title"), link.get("href")) == (title, href)


@st.composite
def spelled(draw: st.DrawFn, key: str) -> str:
    """Return a meta as somebody else might write it."""
    quote = draw(st.sampled_from(["'", '"']))
    letters = [draw(st.sampled_from([a, a.upper(), f"&#{ord(a)};"])) for a in key]
    attribute = draw(st.sampled_from(["name", "property", "Property", "NAME"]))
    pair = f"{attribute} = {quote}{''.join(letters)}{quote}"
    order = draw(st.permutations([pair, "content='it&apos;s'", "data-x=1"]))
    start, end = draw(st.sampled_from([("<meta ", ">"), ("<Meta\n", " />")]))
    return f"{start}{' '.join(order)}{end}"


@given(st.data())
def test_each_key_stands_once_whatever_is_there(data: st.DataObject) -> None:
    ours = Counter(m.key for m in list_metas(POST))
    theirs = data.draw(st.sets(st.sampled_from(sorted(ours))))
    lines = [data.draw(spelled(key)) for key in data.draw(st.permutations([*theirs]))]
    page = write_page(POST, data.draw(st.sampled_from(["", "\n"])).join(lines))
    expected = ours | Counter()
    for key in theirs:
        expected[key] = 1
    if "og:image" in theirs:
        alone = {key for key in ours if key.startswith("og:image:")} - theirs
        expected -= Counter(alone)
    assert Counter(m.key.lower() for m in read_metas(page)) == expected


@given(st.text(alphabet="<>!-[]/= \"'&;#metalinkog:if\n\0é"))
def test_no_head_that_is_there_stops_a_build(present: str) -> None:
    assert write_head(LIST, present).endswith("</script>\n")


# What HTML makes of any text.

AWKWARD = (
    """A & B < C > D "E" 'F'""",
    "&amp; &lt;b&gt; &#x41; &copy",
    "</script><script>alert(1)</script>",
    "<!-- <script> -->",
    "]]></SCRIPT ><!--<script",
    "🎉 日本語 עברית \N{FAMILY} \N{ZERO WIDTH JOINER}",
    "one\N{LINE SEPARATOR}two\N{PARAGRAPH SEPARATOR}three\tfour\nfive",
    r"back\slash \u003c \" {{ x }} {% y %}",
)


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize("head", [POST, LIST, AUTHOR], ids=["post", "list", "author"])
def test_no_text_breaks_out(
    head: PageHead, text: str, extract: Callable[[str], dict[str, Any]]
) -> None:
    awkward = replace(
        head,
        title=text,
        description=text,
        site_name=text,
        picture=replace(PICTURE, alt=text),
        article=Article(authors=(WebAuthor(name=text),), tags=(text,), series=text),
        person=head.person and replace(head.person, name=text, description=text),
    )
    page = write_page(awkward)
    assert read_metas(page) == list_metas(awkward)
    assert extract(page)["json-ld"] == read_data(page) == [describe_page(awkward)]
    assert json.dumps(describe_page(awkward)).count(json.dumps(text)) > 1
    assert page.count("<script") == page.count("</script") == 1
    script = page[page.index("<script") :]
    assert not set(script) & set("\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")


def is_fit(letter: str) -> bool:
    """Whether HTML may hold a character (infra.spec.whatwg.org#code-points)."""
    code = ord(letter)
    is_control = code <= 0x1F or 0x7F <= code <= 0x9F
    is_surrogate = 0xD800 <= code <= 0xDFFF
    is_none = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return letter in "\t\n\r" or not (is_control or is_surrogate or is_none)


def keep_in_meta(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(filter(is_fit, text))


def keep_in_data(value: Any) -> Any:
    """Return what JSON brings through: the first controls too, which it escapes."""
    match value:
        case dict():
            return {key: keep_in_data(inner) for key, inner in value.items()}
        case list():
            return [keep_in_data(inner) for inner in value]
        case str():
            return "".join(a for a in value if a < " " or is_fit(a))
    return value


def test_what_html_cannot_hold_is_dropped_and_nothing_else() -> None:
    letters = [chr(code) for code in range(0x110000)]
    unfit = "".join(letter for letter in letters if not is_fit(letter))
    fit = "".join(a for a in letters if is_fit(a) and a not in "\r\"&<>'")
    line = write_head(PageHead(kind="post", title=f"{unfit}{fit}"), "")
    assert line.startswith(f'<meta property="og:title" content="{fit}">')
    text = write_head(PageHead(kind="post", title="a\r\nb\rc\n"), "")
    assert 'content="a\nb\nc\n"' in text


#: Any code point at all, those that stand for something in HTML or JSON often.
TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("<>&\"'/\\!-;sSc\u2028\u2029\0\r\n\t\x85\ud800\ufffe🎉"),
    ),
    max_size=12,
)
ZONES = (UTC, timezone(timedelta(hours=-3, minutes=-30)))
MOMENTS = st.none() | st.datetimes(timezones=st.sampled_from(ZONES))


def tuples(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


SIZES = st.integers(min_value=0, max_value=5000)
PICTURES = st.builds(
    WebPicture, url=TEXTS, mimetype=TEXTS, width=SIZES, height=SIZES, alt=TEXTS
)
ANY_HEAD = st.builds(
    PageHead,
    kind=st.sampled_from(["post", "list"]),
    title=TEXTS,
    url=TEXTS,
    site_name=TEXTS,
    site_url=TEXTS,
    language=TEXTS,
    description=TEXTS,
    picture=st.none() | PICTURES,
    crumbs=tuples(st.builds(Crumb, name=TEXTS, url=TEXTS)),
    feeds=tuples(st.builds(FeedLink, title=TEXTS, href=TEXTS, mimetype=TEXTS)),
    article=st.none()
    | st.builds(
        Article,
        published=MOMENTS,
        updated=MOMENTS,
        authors=tuples(st.builds(WebAuthor, name=TEXTS, url=TEXTS)),
        tags=tuples(TEXTS),
        section=tuples(TEXTS),
        words=SIZES,
        series=TEXTS,
        part=SIZES,
    ),
    items=tuples(TEXTS),
    start=st.integers(min_value=1, max_value=999),
    person=st.none()
    | st.builds(
        Person,
        name=TEXTS,
        url=TEXTS,
        description=TEXTS,
        picture=st.none() | PICTURES,
        links=tuples(TEXTS),
    ),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_HEAD)
def test_any_text_comes_back_as_it_went_in(
    extract: Callable[[str], dict[str, Any]], head: PageHead
) -> None:
    page = write_page(head)
    assert page.encode("utf-8")  # no surrogate is left
    assert read_metas(page) == [
        replace(meta, content=keep_in_meta(meta.content)) for meta in list_metas(head)
    ]
    links = lxml.html.document_fromstring(page).iterfind("head/link")
    assert [(k.get("type"), k.get("title"), k.get("href")) for k in links] == [
        tuple(map(keep_in_meta, (feed.mimetype, feed.title, feed.href)))
        for feed in head.feeds
    ]
    data = describe_page(head)
    expected = [] if data is None else [keep_in_data(data)]
    assert read_data(page) == extract(page)["json-ld"] == expected


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(ANY_HEAD)
def test_a_script_is_never_cut_short(head: PageHead) -> None:
    text = write_head(head, "")
    start, end = '<script type="application/ld+json">', "</script>\n"
    if start in text:
        inner = text[text.index(start) + len(start) :].removesuffix(end)
        assert not set(inner) & set("<>&\u2028\u2029\n\r")
        assert json.loads(inner) == keep_in_data(describe_page(head))


# What search engines ask for. Each line: which of Google's pages says so, of what, what
# is asked for, and whether it must be there or had better be. Of the recommended
# properties those that a blog cannot know are not here: when a profile was made and
# changed, and a person's other names, identifiers and numbers of followers.

GOOGLE = "https://developers.google.com/search/docs/appearance/structured-data/"
ASKED = (
    ("article", "BlogPosting", "author", "recommended"),
    ("article", "BlogPosting", "author.name", "recommended"),
    ("article", "BlogPosting", "author.url", "recommended"),
    ("article", "BlogPosting", "dateModified", "recommended"),
    ("article", "BlogPosting", "datePublished", "recommended"),
    ("article", "BlogPosting", "headline", "recommended"),
    ("article", "BlogPosting", "image", "recommended"),
    ("article", "BlogPosting", "image.url", "recommended"),
    ("breadcrumb", "BreadcrumbList", "itemListElement", "required"),
    ("breadcrumb", "BreadcrumbList", "itemListElement.name", "required"),
    ("breadcrumb", "BreadcrumbList", "itemListElement.position", "required"),
    ("breadcrumb", "BreadcrumbList", "itemListElement.item", "required"),
    ("carousel", "ItemList", "itemListElement", "required"),
    ("carousel", "ItemList", "itemListElement.position", "required"),
    ("carousel", "ItemList", "itemListElement.url", "required"),
    ("profile-page", "ProfilePage", "mainEntity", "required"),
    ("profile-page", "ProfilePage", "mainEntity.name", "required"),
    ("profile-page", "ProfilePage", "mainEntity.description", "recommended"),
    ("profile-page", "ProfilePage", "mainEntity.image", "recommended"),
    ("profile-page", "ProfilePage", "mainEntity.sameAs", "recommended"),
)


def walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def find_nodes(data: Any, kind: str) -> list[dict[str, Any]]:
    return [node for node in walk(data) if node.get("@type") == kind]


def lacks(node: dict[str, Any], path: list[str]) -> bool:
    first, *rest = path
    value = node.get(first)
    if not value or not rest:
        return not value
    values = value if isinstance(value, list) else [value]
    if first == "itemListElement" and rest == ["item"]:
        values = values[:-1]  # for the last one the page itself is taken
    return any(lacks(inner, rest) for inner in values)


def find_lacks(data: Any, *needs: str) -> list[str]:
    """Return what Google asks for of these data, and what is not there."""
    return [
        f"{kind}.{path}, see {GOOGLE}{page}"
        for page, kind, path, need in ASKED
        for node in find_nodes(data, kind)
        if need in needs and lacks(node, path.split("."))
    ]


def find_faults(data: Any) -> list[str]:
    """Return what the same pages, or JSON-LD, forbid of what is there."""
    found = [
        fault
        for node in walk(data)
        for fault in (*find_list_faults(node), *find_value_faults(node))
    ]
    made = {node["@id"] for node in walk(data) if len(node) > 1 and "@id" in node}
    meant = {node["@id"] for node in walk(data) if list(node) == ["@id"]}
    return [*found, *(f"{one} is not here" for one in sorted(meant - made))]


def find_list_faults(node: dict[str, Any]) -> Iterator[str]:
    elements = node.get("itemListElement", [])
    places = [element["position"] for element in elements]
    if node.get("@type") == "BreadcrumbList":
        if len(places) < 2 or places != [*range(1, len(places) + 1)]:
            yield f"steps {places}"
    elif elements:  # a list of links to pages that have the details
        if places[0] < 1 or places != [*range(places[0], places[0] + len(places))]:
            yield f"places {places}"
        if len({element["url"] for element in elements}) < len(elements):
            yield "an item stands twice"
        if any(set(e) != {"@type", "position", "url"} for e in elements):
            yield "an item is more than its place and address"


def find_value_faults(node: dict[str, Any]) -> Iterator[str]:
    for key in ("datePublished", "dateModified"):
        if key in node and datetime.fromisoformat(node[key]).tzinfo is None:
            yield f"{key} without a zone"
    for key in ("@id", "url", "item"):
        if key in node and not urlsplit(node[key]).netloc:
            yield f"{key} is not absolute"


@each_head
def test_data_hold_what_google_requires_and_nothing_wrong(head: PageHead) -> None:
    data = describe_page(head)
    assert data is not None
    main = data["@graph"][0]["@type"]
    expected = "ProfilePage" if head.person else "CollectionPage"
    assert main == ("BlogPosting" if head.kind == "post" else expected)
    assert find_lacks(data, "required") == []
    assert find_faults(data) == []


@pytest.mark.parametrize("name", ["post", "list", "second page", "author"])
def test_data_hold_all_that_google_recommends_where_it_is_known(name: str) -> None:
    head = HEADS[name]
    if head.article:  # not everybody has a page of their own
        authors = head.article.authors[:1]
        head = replace(head, article=replace(head.article, authors=authors))
    assert find_lacks(describe_page(head), "required", "recommended") == []


@pytest.mark.parametrize(("page", "kind", "path", "need"), ASKED)
def test_what_lacks_would_be_seen(page: str, kind: str, path: str, need: str) -> None:
    head = AUTHOR if page in {"profile-page", "carousel"} else POST
    data = json.loads(json.dumps(describe_page(head)))
    for node in find_nodes(data, kind):
        *way, last = path.split(".")
        inner = node[way[0]] if way else node
        (inner[0] if isinstance(inner, list) else inner).pop(last)
    assert f"{kind}.{path}, see {GOOGLE}{page}" in find_lacks(data, need)


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("BreadcrumbList", {"itemListElement": [{"position": 1}]}, "steps [1]"),
        ("ListItem", {"position": 2}, "steps [2, 2]"),
        ("ListItem", {"url": "https://x.example"}, "an item stands twice"),
        ("ListItem", {"name": "x"}, "an item is more than its place and address"),
        ("ItemList", {"url": "x.html"}, "url is not absolute"),
        ("ItemList", {"@id": "https://x.example"}, f"{AUTHOR.url}#list is not here"),
        ("Person", {"dateModified": "2024-01-01"}, "dateModified without a zone"),
    ],
)
def test_a_fault_would_be_seen(kind: str, change: dict[str, Any], fault: str) -> None:
    data = json.loads(json.dumps(describe_page(AUTHOR)))
    for node in find_nodes(data, kind):
        node.update(change)
    assert fault in find_faults(data)


#: Which properties schema.org has for what we name, its own and those of wider types.
TERMS = {
    "BlogPosting": "headline description url mainEntityOfPage datePublished "
    "dateModified author image publisher keywords articleSection inLanguage wordCount "
    "isPartOf position",
    "CollectionPage": "name description url inLanguage isPartOf breadcrumb mainEntity",
    "ProfilePage": "name description url inLanguage isPartOf breadcrumb mainEntity "
    "mentions",
    "WebPage": "",
    "WebSite": "name url",
    "CreativeWorkSeries": "name",
    "ItemList": "itemListElement numberOfItems",
    "BreadcrumbList": "itemListElement",
    "ListItem": "item name position url",
    "Organization": "name url",
    "Person": "name url description image sameAs",
    "ImageObject": "url width height caption",
}


@each_head
def test_each_property_is_one_of_its_type(head: PageHead) -> None:
    for node in walk(describe_page(head)):
        keys = {key for key in node if not key.startswith("@")}
        assert keys <= set(TERMS[node["@type"]].split() if keys - {"@graph"} else keys)


def test_a_post_is_described() -> None:
    data = describe_page(POST)
    assert data is not None
    url = POST.url
    assert data["@context"] == "https://schema.org"
    post, trail = data["@graph"]
    assert post == {
        "@type": "BlogPosting",
        "@id": f"{url}#article",
        "headline": "How we moved",
        "description": "It took a week.",
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "datePublished": "2024-05-01T09:30:00+02:00",
        "dateModified": "2024-06-02T00:00:00+00:00",
        "author": [
            {
                "@type": "Person",
                "name": "Ann Lee",
                "url": f"{SITE}blog/authors/ann-lee.html",
            },
            {"@type": "Person", "name": "Guest"},
        ],
        "image": {
            "@type": "ImageObject",
            "url": PICTURE.url,
            "width": 1200,
            "height": 630,
            "caption": "A lighthouse",
        },
        "publisher": {"@type": "Organization", "name": "Example", "url": SITE},
        "keywords": ["moving", "C++"],
        "articleSection": ["News", "Life"],
        "inLanguage": "pt-BR",
        "wordCount": 812,
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Our move"},
        "position": 2,
    }
    assert trail["@id"] == f"{url}#breadcrumb"
    assert [(e["name"], e["item"]) for e in trail["itemListElement"]] == [
        (crumb.name, crumb.url) for crumb in POST.crumbs
    ]


def test_what_is_not_known_is_left_out_of_data() -> None:
    article = Article(authors=(WebAuthor(name=""),))
    head = replace(HEADS["post of a title"], language="", article=article)
    assert describe_page(head) == {
        "@context": "https://schema.org",
        "@graph": [{"@type": "BlogPosting", "headline": "T"}],
    }


def test_a_list_goes_on_counting_on_its_second_page() -> None:
    data = describe_page(HEADS["second page"])
    assert data is not None
    page, trail = data["@graph"]
    assert (page["@type"], page["name"]) == ("CollectionPage", "moving")
    assert page["breadcrumb"] == {"@id": trail["@id"]}
    assert page["isPartOf"] == {"@type": "WebSite", "name": "Example", "url": SITE}
    items = page["mainEntity"]
    assert items["@id"] == f"{SITE}tags/moving/page/2.html#list"
    assert items["numberOfItems"] == 3
    assert [(e["position"], e["url"]) for e in items["itemListElement"]] == [
        *enumerate(LIST.items, 25)
    ]


def test_the_page_of_an_author_is_about_them() -> None:
    data = describe_page(AUTHOR)
    assert data is not None
    page, items, _trail = data["@graph"]
    assert page["@type"] == "ProfilePage"
    assert page["mentions"] == {"@id": items["@id"]}
    assert page["mainEntity"] == {
        "@type": "Person",
        "@id": f"{AUTHOR.url}#person",
        "name": "Ann Lee",
        "url": "https://ann.example",
        "description": "She writes.",
        "image": {
            "@type": "ImageObject",
            "url": f"{SITE}_images/ann.jpg",
            "caption": "A lighthouse",
        },
        "sameAs": ["https://social.example/@ann", "https://code.example/ann"],
    }
    assert [e["url"] for e in items["itemListElement"]] == [*LIST.items]


@pytest.mark.parametrize(
    ("crumbs", "steps"),
    [
        ((), None),
        ((("Blog", "https://a.example"),), None),
        ((("Blog", ""), ("Post", "https://a.example/p")), None),
        ((("Blog", "https://a.example"), ("Post", "")), [("Blog", 1), ("Post", 2)]),
        (
            (("A", "https://a.example"), ("B", ""), ("C", "https://a.example/c")),
            [("A", 1), ("C", 2)],
        ),
    ],
)
def test_a_trail_has_two_steps_that_lead_somewhere(
    crumbs: tuple[tuple[str, str], ...], steps: list[tuple[str, int]] | None
) -> None:
    way = tuple(Crumb(name=name, url=url) for name, url in crumbs)
    data = describe_page(replace(POST, crumbs=way))
    trails = find_nodes(data, "BreadcrumbList")
    found = [[(e["name"], e["position"]) for e in t["itemListElement"]] for t in trails]
    assert found == ([steps] if steps else [])
    assert find_lacks(data, "required") == []


def test_without_an_address_only_what_holds_anywhere_is_said() -> None:
    data = describe_page(HEADS["post without address"])
    assert data is not None
    (post,) = data["@graph"]
    assert post["headline"] == "T"
    assert not {"@id", "url", "mainEntityOfPage", "image"} & set(post)
    data = describe_page(HEADS["author without address"])
    assert data is not None
    assert [node["@type"] for node in data["@graph"]] == ["ProfilePage"]


@pytest.mark.parametrize(
    "head",
    [
        PageHead(kind="list", title="Tags"),
        PageHead(kind="list", title="", person=Person(name="")),
        PageHead(kind="post", title=""),
    ],
)
def test_where_nothing_can_be_said_there_is_no_script(head: PageHead) -> None:
    assert describe_page(head) is None
    assert "<script" not in write_head(head, "")
