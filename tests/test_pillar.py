"""Five posts of the shape that real blogs have, their pillar article, every builder."""

from __future__ import annotations

import re
import zipfile

import pytest
from bs4 import BeautifulSoup

from tests.site import Build, Site

SITE = "https://garden.example.org"
PILLAR = f"{SITE}/posts/the-whole-kitchen-garden/"
SENTENCE = "leadposts-guide-sentence"
#: One paragraph of each post leads to the pillar, in words of its own.
POSTS = {
    "beds-before-seeds": (
        "beds.png",
        f"Where beds come in the year is part of [our long article]({PILLAR}).",
    ),
    "water-less-often": (
        None,
        f"For the other eleven months,\nread [the whole garden]({PILLAR}) next.",
    ),
    "a-month-of-peas": (
        "peas.png",
        f"Peas are one chapter. The book is **[here]({PILLAR})**.",
    ),
    "frost-and-fleece": (
        None,
        f"[Everything we grow, month by month]({PILLAR}) – bookmark it.",
    ),
    "what-slugs-leave": (
        None,
        f"Not sure what to sow instead? <{PILLAR}> has a table of it.",
    ),
}
BUILDERS = ["html", "dirhtml", "epub", "latex", "text", "man", "singlehtml", "texinfo"]


def make_posts(site: Site) -> None:
    for number, (name, (image, sentence)) in enumerate(POSTS.items(), start=1):
        head = {
            "title": f"'{name.replace('-', ' ').capitalize()}'",
            "date": f"2025-0{number}-08",
            "tags": "[post, garden]",
            "description": None,
        }
        opening = f"What we learnt of {name}, with numbers.\n"
        if image:
            site.picture(image)
            head["image"] = f"/{image}"
            opening = f"![A picture](/{image})\n\n{opening}"
        body = f"{opening}\n{sentence}\n\n## A part\n\nWords.\n\n### Deeper\n\nEnd.\n"
        site.post(name, body, **head)


@pytest.fixture
def site(make_site) -> Site:
    site = make_site(
        html_baseurl=f"{SITE}/",
        version="1",
        copyright="2025, Us",
        man_pages=[("index", "site", "Site", "Us", 1)],
    )
    make_posts(site)
    names = "".join(f"posts/{name}\n" for name in POSTS)
    site.write("index.md", f"# Home\n\nWelcome.\n\n```{{toctree}}\n{names}```\n")
    return site


def add_pillar(site: Site) -> None:
    site.write(
        "posts/the-whole-kitchen-garden.md",
        "# The whole kitchen garden\n\nMonth by month.\n\n## March\n\nSow.\n",
    )
    index = (site.src / "index.md").read_text()
    site.write(
        "index.md",
        index.replace("posts/beds", "posts/the-whole-kitchen-garden\nposts/beds"),
    )


def read_pages(build: Build, builder: str) -> dict[str, str]:
    """Return the text of each post, as far as the builder keeps them apart."""
    if builder == "epub":
        with zipfile.ZipFile(next(build.out.glob("*.epub"))) as book:
            return {n: book.read(f"posts/{n}.xhtml").decode() for n in POSTS}
    if builder in {"html", "text"}:
        suffix = {"html": "html", "text": "txt"}[builder]
        return {name: build.read(f"posts/{name}.{suffix}") for name in POSTS}
    if builder == "dirhtml":
        return {name: build.read(f"posts/{name}/index.html") for name in POSTS}
    name = {"singlehtml": "index.html", "man": "site.1", "texinfo": "site.texi"}
    found = name.get(builder) or next(build.out.glob("*.tex")).name
    return {"all": build.read(found)}


def count_leading(build: Build) -> int:
    return build.env.domains["blog"].catalog.guides.count_leading_posts()


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_guide_declared_by_its_url(site: Site, builder: str) -> None:
    # Nothing stands at the address yet, and it is another site to this one.
    site.configure(
        html_baseurl="https://preview.example.org/",
        leadposts_guides={"garden": {"target": PILLAR, "tags": ["garden"]}},
    )
    build = site.build(builder)
    assert count_leading(build) == 5
    pages = read_pages(build, builder)
    for page in pages.values():
        # The body leads there: no block says it again.
        assert "Further reading" not in page
    text = "".join(pages.values())
    if builder in {"html", "dirhtml", "epub", "singlehtml"}:
        assert len(re.findall(rf'<p class="[^"]*{SENTENCE}', text)) == 5
        assert text.count(f'href="{PILLAR}"') == 5
    if builder == "man":
        # Where a line may be broken.
        text = text.replace(r"\:", "").replace(r"\-", "-")
    if builder in {"latex", "man"}:
        assert text.count(PILLAR) >= 5


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_pillar_of_ours_under_the_same_address(site: Site, builder: str) -> None:
    add_pillar(site)
    site.configure(leadposts_guides={"garden": {"target": PILLAR, "tags": ["garden"]}})
    build = site.build(builder)
    assert count_leading(build) == 5
    text = "".join(read_pages(build, builder).values())
    # But for the link whose text is its address, no page holds that any more.
    assert text.count(PILLAR) <= 1
    assert "Further reading" not in text
    if builder in {"html", "dirhtml"}:
        name = "posts/the-whole-kitchen-garden"
        pillar = build.page(name if builder == "html" else f"{name}/index")
        (block,) = pillar.select(".leadposts-guide-posts")
        titles = [a.get_text() for a in block.select("a")]
        assert titles == [n.replace("-", " ").capitalize() for n in reversed(POSTS)]
        href = {
            "html": "the-whole-kitchen-garden.html",
            "dirhtml": "../the-whole-kitchen-garden/",
        }[builder]
        for page in read_pages(build, builder).values():
            sentence = BeautifulSoup(page, "html.parser").select(f"p.{SENTENCE}")
            assert [a["href"] for p in sentence for a in p.select("a.internal")] == [
                href
            ]
    if builder == "epub":
        assert text.count('href="the-whole-kitchen-garden.xhtml"') >= 5
    if builder in {"text", "latex", "man", "texinfo", "singlehtml"}:
        whole = text
        if builder == "text":
            whole = build.read("posts/the-whole-kitchen-garden.txt")
        assert whole.count("All articles in this guide") == 1
    if builder == "latex":
        assert len(re.findall(r"\\hyperref\[\\detokenize\{posts/the-whole", text)) == 5
    if builder == "singlehtml":
        hrefs = [a["href"] for a in build.page("index").select(f"p.{SENTENCE} a")]
        assert hrefs == ["#document-posts/the-whole-kitchen-garden"] * 5


def test_all_five_are_edges_to_the_pillar(site: Site) -> None:
    add_pillar(site)
    site.configure(leadposts_guides={"garden": PILLAR})
    edges = site.build().edges()
    pillar = "posts/the-whole-kitchen-garden"
    body = {e[1]: e[2] for e in edges if e[0] == "body" and e[3] == pillar}
    source = {n: (site.src / f"posts/{n}.md").read_text().splitlines() for n in POSTS}
    assert body == {
        f"posts/{name}": next(n for n, line in enumerate(lines, 1) if PILLAR in line)
        for name, lines in source.items()
    }


# Every builder ------------------------------------------------------------------------


AWAY = "https://away.example.com/page?a=1"
BLOCKS = f"""# Home

```{{further-reading}}
:title: Read on
- [Elsewhere]({AWAY}): far away
- garden: at home
- {{doc}}`posts/frost-and-fleece`
```

```{{further-reading}}
:layout: sentence
- [Elsewhere]({AWAY})
- garden
```

```{{further-reading}}
:layout: cards
- [Elsewhere]({AWAY})
- garden
```

```{{call-to-action}} Sow
:button: Go <{AWAY}>
:second-button: garden
Now.
```

```{{guide-posts}}
:guide: garden
:group: year
:title: Cluster
```

```{{toctree}}
posts/the-whole-kitchen-garden
posts/frost-and-fleece
```
"""


@pytest.fixture
def full_site(site: Site) -> Site:
    add_pillar(site)
    site.write("index.md", BLOCKS)
    site.post("extra", tags="[post, garden]", guides=f"['{AWAY}']")
    site.configure(
        leadposts_guides={
            "garden": {
                "target": PILLAR,
                "tags": ["garden"],
                "reviewed": "2026-01-02",
                "title": "The garden & <more>",
            }
        },
        leadposts_call_to_action={"*": {"buttons": [f"Act <{AWAY}>"]}},
        leadposts_tags={"garden": {"description": "Of gardens."}},
    )
    return site


@pytest.mark.parametrize("builder", [*BUILDERS, "xml", "gettext", "json", "dummy"])
def test_every_builder_shows_all_blocks_without_a_warning(
    full_site: Site, builder: str
) -> None:
    full_site.build(builder)


@pytest.mark.parametrize("builder", ["epub", "latex", "text", "man"])
def test_on_paper_the_address_is_printed(full_site: Site, builder: str) -> None:
    build = full_site.build(builder)
    if builder == "epub":
        with zipfile.ZipFile(next(build.out.glob("*.epub"))) as book:
            page = BeautifulSoup(book.read("index.xhtml"), "html.parser")
        text = page.select_one(".body").get_text()
    else:
        name = {"text": "index.txt", "man": "site.1"}.get(builder)
        text = build.read(name) if name else next(build.out.glob("*.tex")).read_text()
        # What a terminal or a viewer may click on is not printed.
        text = re.sub(r"\\X'tty: link [^']*'", "", text.replace(r"\:", ""))
        text = text.replace(r"\sphinxhref{" + AWAY, "")
    # In the list, in the sentence, on the card, and behind the button.
    printed = re.sub(r"\s+", " ", text)
    # Manuals of one file hold a post with the call of the site, too.
    assert printed.count(AWAY) == 4 + (builder in {"latex", "man"})


def test_a_link_that_shows_its_address_does_not_show_it_twice(full_site: Site) -> None:
    text = BLOCKS[BLOCKS.index("```{toctree}") :]
    text = f"# Home\n\n```{{further-reading}}\n- <{AWAY}>\n```\n\n{text}"
    full_site.write("index.md", text)
    assert full_site.build("text").read("index.txt").count(AWAY) == 1


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_what_is_read_in_parallel_is_the_same(full_site: Site, builder: str) -> None:
    for number in range(12):
        full_site.post(f"more-{number}", f"See <{PILLAR}>.\n", tags="[post, garden]")
    serial = full_site.build(builder, out="serial")
    parallel = full_site.build(builder, out="parallel", jobs=2)
    assert parallel.tree() == serial.tree()
    assert parallel.edges() == serial.edges()


@pytest.mark.parametrize("builder", ["latex", "man", "texinfo", "singlehtml"])
def test_a_book_that_begins_elsewhere_is_whole(full_site: Site, builder: str) -> None:
    full_site.write(
        "book.md",
        "---\norphan: true\n---\n# Book\n\n```{toctree}\n"
        "posts/the-whole-kitchen-garden\nposts/extra\nposts/frost-and-fleece\n```\n",
    )
    full_site.write("index.md", "---\norphan: true\n---\n# Home\n\nWelcome.\n")
    full_site.configure(
        latex_documents=[("book", "site.tex", "Site", "Us", "manual")],
        texinfo_documents=[("book", "site", "Site", "Us", "Site", "About", "Misc")],
        man_pages=[("book", "site", "Site", "Us", 1)],
        root_doc="book" if builder == "singlehtml" else "index",
    )
    build = full_site.build(builder)
    name = {
        "latex": "site.tex",
        "man": "site.1",
        "texinfo": "site.texi",
        "singlehtml": "book.html",
    }[builder]
    text = build.read(name)
    assert text.count("All articles in this guide") == 1
    assert text.count("Further reading") == 1
    assert text.count("min read") == 2
