"""URLs of the site itself, and paragraphs that lead to a guide, whatever they say."""

from __future__ import annotations

import posixpath

import pytest

from tests.site import Build, Site

SENTENCE = "leadposts-guide-sentence"
#: Every way in which people and programs write the address of one page.
SPELLINGS = [
    "https://me.org/posts/b/",
    "https://me.org/posts/b",
    "http://me.org/posts/b/",
    "https://www.me.org/posts/b/",
    "http://www.me.org/posts/b",
    "https://ME.org/posts/b/",
    "https://me.org:443/posts/b/",
    "https://me.org/posts/b.html",
    "https://me.org/posts/b.htm",
    "https://me.org/posts/b/index.html",
    "https://me.org/posts/b/?utm_source=mail&utm_medium=x",
    "https://me.org/posts%2Fb/",
    "https://me.org/%70osts/b/",
]


@pytest.fixture
def site(make_site) -> Site:
    site = make_site(html_baseurl="https://me.org/")
    site.post("b", "Words.\n\n(part)=\n\n## A part\n\nMore.\n\n### Two Words\n\nEnd.\n")
    return site


def follow(build: Build, docname: str = "posts/a") -> list[str]:
    """Return the addresses in the text of a page, relative ones from the root."""
    suffix = "/index" if build.has(f"{docname}/index.html") else ""
    base = f"{docname}/" if suffix else posixpath.dirname(docname)
    found = build.page(docname + suffix).select(".body section > p a[href]")
    hrefs = [a["href"] for a in found if "leadposts-tag" not in a.get("class", ())]
    return [h if "://" in h else join(base, h) for h in hrefs]


def join(base: str, href: str) -> str:
    end = "/" if href.endswith("/") else ""
    path, hash_, anchor = href.partition("#")
    return f"{posixpath.normpath(posixpath.join(base, path))}{end}{hash_}{anchor}"


# Own URLs -----------------------------------------------------------------------------


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_spelling_of_an_own_url_leads_to_its_document(
    site: Site, builder: str
) -> None:
    body = "\n\n".join(f"See [it]({url})." for url in SPELLINGS)
    site.post("a", f"{body}\n")
    build = site.build(builder)
    expected = {"html": "posts/b.html", "dirhtml": "posts/b/"}[builder]
    assert follow(build) == [expected] * len(SPELLINGS)
    page = build.page("posts/a" if builder == "html" else "posts/a/index")
    assert len(page.select("section > p a.reference.internal")) == len(SPELLINGS)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://me.org/posts/b/#part", "posts/b.html#part"),
        ("https://me.org/posts/b/index.html#two-words", "posts/b.html#two-words"),
        ("https://www.me.org/posts/b#a-part", "posts/b.html#a-part"),
        ("https://me.org", "index.html"),
        ("https://me.org/", "index.html"),
        ("https://me.org/index.html#home", "index.html#home"),
        ("https://me.org/tags/seo/", "tags/seo.html"),
        ("https://me.org/blog/", "blog/index.html"),
        ("https://me.org/deep/", "deep/index.html"),
        ("https://me.org/deep/er/index.html", "deep/er.html"),
    ],
)
def test_anchors_and_folders_of_own_urls(site: Site, url: str, expected: str) -> None:
    for name in ("deep/index", "deep/er"):
        site.write(f"{name}.md", f"---\norphan: true\n---\n# {name}\n")
    site.post("a", f"See [it]({url}).\n", tags="[post, SEO]")
    assert follow(site.build()) == [expected]


@pytest.mark.parametrize(
    "url",
    [
        "https://me.org.evil.com/posts/b/",
        "https://other.me.org/posts/b/",
        "https://me.org:8080/posts/b/",
        "https://not-me.org/posts/b/",
        "ftp://me.org/posts/b/",
    ],
)
def test_a_url_of_another_site_is_left_alone(site: Site, url: str) -> None:
    site.post("a", f"See [it]({url}).\n")
    assert follow(site.build()) == [url]


@pytest.mark.parametrize("key", ["redirect_from", "permalink", "slug"])
def test_an_old_address_leads_to_the_post(site: Site, key: str) -> None:
    value = "old-name" if key == "slug" else "/posts/old-name/"
    site.post("c", **{key: value})
    site.post("a", "See [it](https://me.org/posts/old-name/).\n")
    assert follow(site.build()) == ["posts/c.html"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *(("/old/b/", "posts/b.html"), ("/old/b", "posts/b.html")),
        ("/old/b.html#x", "posts/b.html#x"),
        *(("/posts/b/", "posts/b.html"), ("/posts/b.html", "posts/b.html")),
        ("/tags/all.html", "tags/all.html"),
    ],
)
def test_an_address_without_its_host_leads_to_the_document(
    site: Site, path: str, expected: str
) -> None:
    site.post("b", redirect_from="[/old/b/]", tags="[post, all]")
    site.post("a", f"See [it]({path}).\n\nEnd.\n")
    build = site.build()
    assert follow(build) == [expected]


def test_an_address_without_its_host_that_is_nowhere_is_reported(site: Site) -> None:
    site.post("a", "See [it](/old/nowhere/).\n")
    site.build(warns=[r"a\.md:\d+: .*'/old/nowhere/'"])


def test_a_post_that_comes_to_an_address_without_its_host_is_linked(
    site: Site,
) -> None:
    site.post("a", "See [it](/old/b/).\n\nEnd.\n")
    site.build(warns=["xref_missing"])
    site.post("b", redirect_from="[/old/b/]")
    assert follow(site.build()) == ["posts/b.html"]


def test_a_page_goes_before_an_old_address(site: Site) -> None:
    site.post("c", redirect_from="/posts/b/")
    site.post("a", "See [it](https://me.org/posts/b/).\n")
    assert follow(site.build()) == ["posts/b.html"]


def test_the_site_may_stand_in_a_folder_of_its_domain(site: Site) -> None:
    site.configure(html_baseurl="https://x.org/docs/")
    urls = [
        *("https://x.org/docs/posts/b/", "http://www.x.org/docs/posts/b.html"),
        *("https://x.org/docs", "https://x.org/docs/index.html"),
        *("https://x.org/posts/b/", "https://x.org/docsposts/b/", "https://x.org/"),
    ]
    site.post("a", "".join(f"[it]({url})\n\n" for url in urls) + "End.\n")
    expected = ["posts/b.html", "posts/b.html", "index.html", "index.html", *urls[4:]]
    assert follow(site.build()) == expected


def test_more_domains_can_be_named(site: Site) -> None:
    site.configure(html_baseurl="", leadposts_own_domains=["old.org", "new.org/blog"])
    urls = [
        "https://old.org/posts/b/",
        "https://new.org/blog/posts/b",
        "https://me.org/",
    ]
    site.post("a", "".join(f"[it]({url})\n\n" for url in urls) + "End.\n")
    assert follow(site.build()) == ["posts/b.html", "posts/b.html", "https://me.org/"]


@pytest.mark.parametrize("name", ["://", "http://", ""])
def test_a_domain_that_is_none_is_named(site: Site, name: str) -> None:
    site.configure(leadposts_own_domains=[name])
    site.build(warns=[r"is no address such as 'example\.org'.*\[leadposts\.config\]"])


def test_the_domain_comes_from_read_the_docs_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.configure(html_baseurl="")
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://r.io/en/latest/")
    site.post("a", "See [it](https://r.io/en/latest/posts/b.html).\n")
    assert follow(site.build()) == ["posts/b.html"]


LOST = "One line\nand [it](https://me.org/posts/gone/) and\nmore.\n"


def test_a_page_that_does_not_exist_is_named_at_its_line(site: Site) -> None:
    site.post("a", LOST)
    build = site.build(
        warns=[
            (
                r"a\.md:8: WARNING: no page of this site stands at "
                r"'https://me\.org/posts/gone/'; mend the link \[leadposts\.link\]"
            )
        ]
    )
    assert follow(build) == ["https://me.org/posts/gone/"]


@pytest.mark.parametrize("anchor", ["gone", "Part", "a%20part"])
def test_an_anchor_that_does_not_exist_is_named_at_its_line(
    site: Site, anchor: str
) -> None:
    site.post("a", f"One line\n\nand [it](https://me.org/posts/b/#{anchor}).\n")
    site.build(
        warns=[r"a\.md:9: WARNING: 'posts/b' has no part '#.*\[leadposts\.link\]"]
    )


def test_own_urls_can_be_left_as_they_are_and_still_be_checked(site: Site) -> None:
    site.configure(leadposts_own_links="report")
    site.post("a", f"{LOST}\n[b](https://me.org/posts/b/)\n")
    build = site.build(warns=[r"a\.md:8: .*\[leadposts\.link\]"])
    assert follow(build) == ["https://me.org/posts/gone/", "https://me.org/posts/b/"]
    assert ("body", "posts/a", 11, "posts/b", "") in build.edges()


def test_own_urls_can_be_taken_for_others(site: Site) -> None:
    site.configure(leadposts_own_links="off")
    site.post("a", f"{LOST}\n[b](https://me.org/posts/b/)\n")
    build = site.build()
    assert follow(build) == ["https://me.org/posts/gone/", "https://me.org/posts/b/"]
    assert ("body", "posts/a", 11, "https://me.org/posts/b/", "") in build.edges()


def test_a_bad_value_of_own_links_is_named(site: Site) -> None:
    site.configure(leadposts_own_links="maybe")
    site.build(warns=[r"leadposts_own_links = 'maybe': one of .*\[leadposts\.config\]"])


@pytest.mark.parametrize(
    "path",
    [
        *("feed.xml", "rss.xml", "media/x.webp", "robots.txt", "objects.inv"),
        *("_static/x.css", "_images/x.png", "genindex.html", "search.html", "search/"),
        *("extra/page.html", "extra/page/", "extra/", "special.html"),
    ],
)
def test_files_and_special_pages_are_not_reported(site: Site, path: str) -> None:
    site.write("more/extra/page.html", "<p>Hand-made</p>")
    site.write("more/extra/index.html", "<p>Hand-made</p>")
    site.write("_templates/special.html", "<p>Special</p>")
    site.configure(
        html_extra_path=["more"],
        templates_path=["_templates"],
        html_additional_pages={"special": "special.html"},
        exclude_patterns=["more"],
    )
    site.post("a", f"See [it](https://me.org/{path}).\n")
    assert follow(site.build()) == [f"https://me.org/{path}"]


def test_a_link_in_a_document_that_is_no_post_is_left_alone(site: Site) -> None:
    site.write("index.md", "# Home\n\n[it](https://me.org/posts/b/)\n")
    assert follow(site.build(), "index") == ["https://me.org/posts/b/"]


def test_text_and_markup_of_a_link_stay(site: Site) -> None:
    site.post("a", "See [the **bold** `code`](https://me.org/posts/b/).\n")
    link = site.build().page("posts/a").select_one("section > p a.reference.internal")
    assert link.get_text() == "the bold code"
    assert link.select("strong")
    assert link.select("code")


def test_an_own_url_of_a_held_back_post_is_its_text(site: Site) -> None:
    site.post("b", date="2999-01-01")
    site.post("a", "See [it](https://me.org/posts/b/) soon.\n\nEnd.\n")
    build = site.build()
    assert follow(build) == []
    assert "See it soon." in build.page("posts/a").get_text()
    assert "the link to 'posts/b' is shown as text" in build.status


#: Ways to lead to a post by its address, of which MyST knows the first two.
WAYS = ("/posts/b/", "/posts/b", "https://me.org/posts/b/")


@pytest.mark.parametrize("own_links", ["resolve", "report", "off"])
def test_the_date_of_a_post_turns_no_build_red(site: Site, own_links: str) -> None:
    site.configure(leadposts_own_links=own_links)
    links = "".join(f"\n[it]({way}) soon.\n" for way in WAYS)
    site.post("a", links)
    site.write("index.md", f"# Home\n{links}")
    site.build()
    site.post("b", date="2999-01-01")
    # Both times without a warning.
    build = site.build()
    left = ["https://me.org/posts/b/"] if own_links == "off" else []
    for docname in ("posts/a", "index"):
        assert follow(build, docname) == left
        assert build.page(docname).get_text().count("it soon.") == len(WAYS)


@pytest.mark.parametrize("key", ["redirect_from", "permalink", "slug"])
def test_an_old_address_of_a_held_back_post_is_its_text(site: Site, key: str) -> None:
    value = "old-name" if key == "slug" else "/posts/old-name/"
    site.post("c", date="2999-01-01", **{key: value})
    site.post(
        "a",
        "[One](/posts/old-name/) and\n[two](https://me.org/posts/old-name/).\n\nEnd.\n",
    )
    build = site.build()
    assert follow(build) == []
    assert "One and\ntwo." in build.page("posts/a").get_text()
    assert "the link to 'posts/c' is shown as text" in build.status
    # What waits may be given another address, and is still not read.
    site.post("c", date="2999-01-01")
    site.build(warns=[r"leadposts\.link", r"myst\.xref_missing"])
    site.post("c", date="2999-01-01", **{key: value})
    assert follow(site.build()) == []


def test_an_old_address_is_that_of_the_post_that_is_there(site: Site) -> None:
    site.post("c", redirect_from="/old/")
    site.post("d", date="2999-01-01", redirect_from="/old/")
    site.post("a", "See [it](/old/).\n\nEnd.\n")
    assert follow(site.build()) == ["posts/c.html"]


@pytest.mark.parametrize("date", ["2024-01-01", "2999-01-01"])
def test_an_old_address_that_is_not_resolved_is_reported_on_any_day(
    site: Site, date: str
) -> None:
    site.configure(leadposts_own_links="report")
    site.post("c", date=date, redirect_from="/old/")
    site.post("a", "See [it](/old/).\n\nEnd.\n")
    site.build(warns=[r"a\.md:7: .*'/old/' \[myst\.xref_missing\]"])


# Guide sentences ----------------------------------------------------------------------


GUIDES = {
    "b": "posts/b",
    "away": "https://e.org/page/",
}


@pytest.mark.parametrize(
    "link",
    [
        *("{doc}`b`", "{doc}`so said </posts/b>`", "{ref}`part`", "[](b.md)"),
        *("[any words](b.md#part)", "[](#part)", "<https://www.me.org/posts/b/>"),
        *("{blog:guide}`b`", "{blog:post}`b`", "[](guide:b)", "{any}`post:b`"),
        *("<https://e.org/page/>", "[x](http://e.org/page)", "{blog:guide}`away`"),
        *("[x](https://www.e.org/page/)", "[x](https://e.org/page/index.html)"),
        *("[x](https://e.org/page/?utm_source=a)", "[x](https://e.org/page/#there)"),
        "[*emphasised*](https://e.org/page)",
    ],
)
def test_a_paragraph_is_recognised_by_its_target(site: Site, link: str) -> None:
    site.configure(leadposts_guides=GUIDES)
    site.post("a", f"Before it.\n\nLorem {link} ipsum.\n\nAfter it.\n\nEnd.\n")
    page = site.build().page("posts/a")
    (sentence,) = page.select(f".{SENTENCE}")
    assert sentence.name == "p"
    text = sentence.get_text()
    assert text.startswith("Lorem ")
    assert text.endswith(" ipsum.")


@pytest.mark.parametrize(
    "link",
    [
        *("[read the guide](https://e.org/other/)", "<https://e.org/page/more/>"),
        *("[guide](https://e.org/page/?id=3)", "{doc}`/posts/c`", "the guide"),
    ],
)
def test_words_make_no_guide_sentence(site: Site, link: str) -> None:
    site.configure(leadposts_guides=GUIDES)
    site.post("c")
    site.post("a", f"Before it.\n\nMore in {link}.\n\nAfter it.\n\nEnd.\n")
    assert not site.build().page("posts/a").select(f".{SENTENCE}")


def test_guide_sentences_stay_out_of_summaries(site: Site) -> None:
    site.configure(leadposts_guides=GUIDES)
    site.post(
        "a",
        "This belongs to [our guide](https://me.org/posts/b/).\n\n"
        "And [here](https://e.org/page).\n\nThis says [what](https://o.org) it is.\n\n"
        "More.\n\nEnd.\n",
    )
    build = site.build()
    card = build.page("blog/index").select_one('article:has(a[href$="a.html"])')
    assert (
        card.select_one(".leadposts-card-summary").get_text() == "This says what it is."
    )


def test_a_post_of_guide_sentences_alone_has_no_summary(site: Site) -> None:
    site.configure(leadposts_guides=GUIDES)
    text = "This belongs to [our guide](https://me.org/posts/b/).\n"
    site.post("a", text)
    build = site.build()
    card = build.page("blog/index").select_one('article:has(a[href$="a.html"])')
    assert card.select_one(".leadposts-card-summary") is None


def test_what_a_guide_says_of_itself_is_no_guide_sentence(site: Site) -> None:
    site.configure(leadposts_guides=GUIDES)
    site.post("b", "Words, see [above](b.md) and <https://me.org/posts/b/>.\n\nEnd.\n")
    page = site.build().page("posts/b")
    assert not page.select(f".{SENTENCE}")


def test_our_own_blocks_are_no_guide_sentences(site: Site) -> None:
    site.configure(
        leadposts_guides={"b": {"target": "posts/b", "tags": ["seo"]}},
        leadposts_footer=["call-to-action", "further-reading-always", "guide-posts"],
        leadposts_call_to_action={"*": {"text": "Act", "buttons": ["b"]}},
    )
    block = "```{further-reading}\n- [x](b.md)\n- https://me.org/tags/seo/\n```\n"
    button = "```{call-to-action} Do\n:button: b\nNow.\n```\n"
    site.post("a", f"Words.\n\n{block}\n{button}\nEnd.\n")
    site.post("c", "Words.\n\nEnd.\n", tags="[post, seo]")
    build = site.build()
    for name in ("posts/a", "posts/c"):
        assert not build.page(name).select(f".{SENTENCE}")


def test_an_own_url_that_is_a_guide_is_both(site: Site) -> None:
    site.configure(leadposts_guides=GUIDES)
    site.post("a", "Words\nand [so](https://me.org/posts/b#part).\n\nEnd.\n")
    build = site.build()
    link = build.page("posts/a").select_one(f"p.{SENTENCE} a.internal")
    assert link["href"] == "b.html#part"


@pytest.mark.parametrize("own_links", ["report", "off"])
def test_a_guide_declared_by_its_own_url_is_known_anyway(
    site: Site, own_links: str
) -> None:
    site.configure(
        leadposts_guides={"b": "https://me.org/posts/b/"}, leadposts_own_links=own_links
    )
    site.post("a", "Words and [so](http://www.me.org/posts/b).\n\nEnd.\n")
    assert site.build().page("posts/a").select(f"p.{SENTENCE}")
