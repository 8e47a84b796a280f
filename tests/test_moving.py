"""The pages for people who come from another generator: what they show works."""

from __future__ import annotations

import re
import runpy
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.config import Config

import sphinx_leadposts
from sphinx_leadposts.config import (
    ARCHIVES,
    FOOTER_PARTS,
    HEADER_PARTS,
    PREFIX,
    LeadpostsConfig,
)
from sphinx_leadposts.reading.dates import load_zone
from sphinx_leadposts.reading.frontmatter import read_front_matter
from sphinx_leadposts.reading.keys import NAMES
from sphinx_leadposts.reading.known_keys import sort_out_keys
from sphinx_leadposts.reading.post import read_source
from sphinx_leadposts.reading.source import Rules
from sphinx_leadposts.sphinx_ext.domain import BlogDomain
from sphinx_leadposts.sphinx_ext.reading_phase import directives
from tests.picture_files import encode, make_photo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site import Build, Site

DOCS = Path(__file__).parent.parent / "docs"
TEMPLATES = Path(sphinx_leadposts.__file__).parent / "templates"
MOVE = (DOCS / "how-to/move-a-folder.md").read_text("utf-8")
KNOW = (DOCS / "reference/if-you-know.md").read_text("utf-8")
WHO = "https://blog.example.org/"


def find_sections(text: str) -> dict[str, str]:
    """Return the sections of a page, by title, as they are written."""
    _, *rest = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(rest[::2], rest[1::2], strict=True))


def find_files(section: str) -> dict[str, str]:
    """Return the files that a section shows, each by its caption."""
    pattern = r"^(?P<f>`{3,})\{code-block\} \S+\n:caption: (\S+)\n\n(.*?)^(?P=f)$"
    found = re.findall(pattern, section, re.DOTALL | re.MULTILINE)
    return {caption: content for _, caption, content in found}


def find_rows(section: str) -> list[list[str]]:
    """Return the cells of the tables of a section, without their heads."""
    lines = re.findall(r"^\| (.+) \|$", section, re.MULTILINE)
    rows = [
        [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)]
        for line in lines
    ]
    return [row for row in rows if row[0] not in {"there", "before", "what is said"}]


def strip_code(cell: str) -> str:
    return cell.strip("`")


def find_values(text: str) -> list[dict[str, object]]:
    """Return what each piece of ``conf.py`` without a caption sets."""
    pattern = r"^(?P<s> *)```python\n(.*?)^(?P=s)```$"
    found = []
    for space, code in re.findall(pattern, text, re.DOTALL | re.MULTILINE):
        values: dict[str, object] = {}
        exec(code.replace(f"\n{space}", "\n").strip(), {}, values)  # noqa: S102
        found.append(values)
    return found


SECTIONS = find_sections(MOVE)


def add_photo(site: Site, name: str, size: tuple[int, int] = (640, 360)) -> None:
    path = site.src / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(make_photo(size)))


def move(make_site, generator: str, **conf: object) -> Site:
    """Return a site with the files of a section, each where its table puts it."""
    section = SECTIONS[generator]
    files = find_files(section)
    values: dict[str, object] = {}
    exec(files["conf.py"], {}, values)  # noqa: S102 - it stands in the docs
    site = make_site(html_baseurl=WHO, **{**values, **conf})
    site.write("index.md", "# Home\n\n```{toctree}\nblog/index\n```\n")
    for there, here in (map(strip_code, row) for row in find_rows(section)):
        if here.endswith(".jpg"):
            add_photo(site, here)
        elif here != "conf.py":
            site.write(here, files[there])
    return site


def list_posts(build: Build) -> list[str]:
    return [card.get_text() for card in build.page("blog/index").select("article h2")]


def read_authors(build: Build, docname: str) -> str:
    return build.page(docname).select_one(".leadposts-header-authors").get_text()


def read_description(build: Build, docname: str) -> str:
    return build.page(docname).select_one("meta[name=description]")["content"]


def leads_to(build: Build, old: str, new: str) -> bool:
    return build.read(old).count(f"{WHO}{new}") > 0


def test_every_file_that_is_moved_is_shown_and_every_one_shown_is_moved() -> None:
    for generator in ("Eleventy", "Hugo", "Jekyll"):
        rows = find_rows(SECTIONS[generator])
        moved = {strip_code(there) for there, _ in rows}
        shown = set(find_files(SECTIONS[generator])) - {"conf.py", "_config.yml"}
        assert shown
        assert {name for name in moved if not name.endswith(".jpg")} == shown
        assert any(name.endswith(".jpg") for name in moved)


def test_the_folder_of_eleventy_is_a_blog(make_site) -> None:
    build = move(make_site, "Eleventy").build()
    assert list_posts(build) == ["Thin ice", "Rain"]
    assert read_authors(build, "posts/thin-ice") == "Mina Holt"
    assert read_authors(build, "posts/2024-05-01-rain") == "Jo Lund"
    rain = build.page("posts/2024-05-01-rain")
    assert rain.select_one("time")["datetime"] == "2024-05-01"
    assert build.page("posts/thin-ice").select("img.leadposts-header-image")
    assert not build.has("tags/posts.html")
    assert leads_to(build, "notes/thin-ice/index.html", "posts/thin-ice.html")
    link = build.links("posts/thin-ice", "section > p")
    assert link == [("rain", "2024-05-01-rain.html")]


def test_tags_of_a_data_file_are_no_defaults(make_site) -> None:
    values = {"leadposts_post_pattern": [], "leadposts_key_aliases": {}}
    tags = {"posts/**": {"tags": ["post"]}}
    site = move(make_site, "Eleventy", **values, leadposts_defaults=tags)
    build = site.build(warns=[r"thin-ice\.md: WARNING: document isn't included"])
    assert list_posts(build) == ["Rain"]


def test_a_tag_in_the_posts_is_a_marker(make_site) -> None:
    (values,) = find_values(SECTIONS["Eleventy"])
    site = make_site(**values)
    site.post("one", tags="[posts, ice]")
    build = site.build()
    assert list_posts(build) == ["Post one"]
    assert build.has("tags/ice.html")
    assert not build.has("tags/posts.html")


def test_what_eleventy_leaves_in_posts_is_taken_as_is_said(make_site) -> None:
    site = move(make_site, "Eleventy", leadposts_media_dirs=["../static"])
    add_photo(site, "../static/rain.jpg")
    site.post("seen", image="/rain.jpg", eleventyExcludeFromCollections="true")
    site.post("page", post="false")
    site.post("gone", permalink="false")
    site.post("pattern", permalink="'/{{ title }}/'")
    site.post("dated", date="git Created")
    site.write("posts/template.njk", "---\ntitle: Template\ntags: post\n---\n{{ x }}\n")
    build = site.build(
        warns=[
            r"page\.md: WARNING: document isn't included",
            r"dated\.md:3: WARNING: date: 'git Created' is not a date",
        ]
    )
    listed = ["Post pattern", "Post seen", "Thin ice", "Rain", "Post dated"]
    assert sorted(list_posts(build)) == sorted(listed)
    assert build.page("posts/seen").select("img.leadposts-header-image")
    assert build.has("posts/page.html")
    assert not build.has("posts/gone.html")


def test_posts_in_a_folder_named_blog_leave_the_other_pages_alone(make_site) -> None:
    (values,) = find_values(MOVE.partition("\n## ")[0])
    site = make_site(**values)
    site.write("index.md", "# Home\n\n```{toctree}\nall/index\n```\n")
    site.write("blog/ice.md", "---\ntitle: Ice\ndate: 2024-11-03\n---\nText.\n")
    build = site.build()
    titles = build.page("all/index").select(".leadposts-card-title")
    assert [title.get_text() for title in titles] == ["Ice"]


def test_the_folder_of_hugo_is_a_blog(make_site) -> None:
    build = move(make_site, "Hugo").build()
    assert list_posts(build) == ["Thin ice", "Rain"]
    assert read_authors(build, "posts/thin-ice/index") == "Mina Holt"
    page = build.page("posts/thin-ice/index")
    header = page.select_one("img.leadposts-header-image")
    assert header["alt"] == "Cracks in the ice of a lake"
    assert page.select_one(".leadposts-header-updated time")["datetime"] == "2024-12-01"
    assert page.select_one("img.leadposts-body-image")["alt"] == "Where it breaks"
    assert build.page("posts/rain").select("img.leadposts-header-image")
    assert build.has("blog/categories/winter.html")
    assert build.has("tags/ice.html")
    assert leads_to(build, "old/ice/index.html", "posts/thin-ice/index.html")
    assert leads_to(build, "wet/rain/index.html", "posts/rain.html")
    links = build.links("posts/rain", "section > p")
    assert links == [("thin ice", "thin-ice/index.html")]
    assert read_description(build, "posts/rain") == "What keeps you dry."
    ice = read_description(build, "posts/thin-ice/index")
    assert ice == "Let some air out of the tyres."
    assert not build.has("posts/_index.html")


def test_without_its_lines_the_folder_of_hugo_is_reported(make_site) -> None:
    conf = {
        "leadposts_media_dirs": [],
        "leadposts_key_aliases": {},
        "exclude_patterns": [],
    }
    site = move(make_site, "Hugo", **conf)
    site.post("rain-2", image="/pictures/rain.jpg", tags=None)
    build = site.build(
        warns=[
            r"_index\.md:1: WARNING: the post has no date",
            r"rain\.md:5: .*'featuredImage' is no key .* 'feature_image'\?",
            r"rain-2\.md:4: .*there is no picture '/pictures/rain.jpg'",
        ]
    )
    assert not build.has("wet")


def test_what_hugo_leaves_in_posts_is_taken_as_is_said(make_site) -> None:
    site = move(make_site, "Hugo")
    site.post("late", publishDate="2031-01-01")
    site.post("part", series="[Winter]", date="2023-12-01")
    site.post("parts", series="[Winter, Spring]", date="2023-12-01")
    site.post("whole", series="Winter", date="2024-01-01", weight="1")
    site.write("posts/json.md", '{\n"title": "J",\n"date": "2024-05-04"\n}\n\nText.\n')
    build = site.build(
        warns=[
            r"late\.md:5: .*'publishDate' means the same as 'date', which is used",
            r"parts\.md:5: .*series: it takes a text",
            r"json\.md:1: .*the post has no title",
            r"json\.md:1: .*the post has no date",
        ]
    )
    assert {"Post late", "Post part", "Post parts", "Post whole"} <= set(
        list_posts(build)
    )
    assert list_posts(build)[-1] == "Json"
    assert "title" in build.page("posts/json").select_one("section > p").get_text()
    assert "Post part" in build.page("blog/series/winter").get_text()


def test_the_folder_of_jekyll_is_a_blog(make_site) -> None:
    site = move(make_site, "Jekyll")
    build = site.build()
    assert list_posts(build) == ["Thin ice", "Rain"]
    ice, rain = "posts/2024-11-03-thin-ice", "posts/2024-05-01-rain"
    assert build.page(ice).select_one("time")["datetime"] == "2024-11-03"
    assert read_authors(build, ice) == "Mina Holt"
    assert read_authors(build, rain) == "Jo Lund"
    assert build.page(ice).select("img.leadposts-header-image")
    assert build.page(rain).select_one(".leadposts-header-updated time")
    assert build.has("blog/categories/winter.html")
    assert leads_to(build, "notes/thin-ice.html", f"{ice}.html")
    assert not build.has("drafts/fog.html")
    line = next(n for n in build.status.splitlines() if n.startswith("leadposts: "))
    (shown,) = re.findall(r"^leadposts: .+$", MOVE, re.MULTILINE)
    assert line.partition("reused)")[0] == shown.partition("reused)")[0]
    build = site.build(
        out="preview",
        overrides={"leadposts_show_drafts": True},
        warns=[r"fog\.md:1: WARNING: the post has no date"],
    )
    assert build.has("drafts/fog.html")


def test_without_its_lines_the_folder_of_jekyll_loses_and_shows_posts(
    make_site,
) -> None:
    conf = {
        "source_suffix": {".md": "markdown"},
        "leadposts_post_pattern": ["posts/**"],
        "leadposts_defaults": {},
    }
    site = move(make_site, "Jekyll", **conf)
    site.post("spaces", tags="ice tyres")
    site.write("posts/2024-05-03-snow.html", "---\ntitle: Snow\n---\n<p>Snow</p>\n")
    build = site.build(warns=[r"fog\.md: WARNING: document isn't included"])
    assert list_posts(build) == ["Post spaces", "Thin ice"]
    assert build.has("drafts/fog.html")
    assert build.has("tags/ice-tyres.html")
    assert not build.has("posts/2024-05-03-snow.html")


def test_a_folder_with_an_underscore_works(make_site) -> None:
    site = make_site(leadposts_post_pattern=["_posts/**"])
    site.write("_posts/2024-05-01-rain.md", "---\ntitle: Rain\n---\nText.\n")
    build = site.build()
    assert list_posts(build) == ["Rain"]
    assert build.has("_posts/2024-05-01-rain.html")


def list_changes() -> list[list[str]]:
    rows = find_rows(SECTIONS["Mend template code in the text"])
    return [[strip_code(cell) for cell in row] for row in rows]


def run_script(section: str, name: str, *args: str, monkeypatch, site: Site) -> None:
    path = site.root / name
    path.write_text(find_files(SECTIONS[section])[name], "utf-8")
    monkeypatch.setattr(sys, "argv", [name, *args])
    monkeypatch.chdir(site.src)
    runpy.run_path(str(path), run_name="__main__")


def make_template_site(make_site) -> tuple[Site, str]:
    """Return a site with one post that has all of the template code."""
    site = make_site(leadposts_post_pattern=["posts/**"])
    for name in ("assets/ice.jpg", "posts/ice.jpg"):
        add_photo(site, name)
    for name in ("2024-05-01-rain", "rain"):
        site.write(
            f"posts/{name}.md", f"---\ntitle: {name}\ndate: 2024-05-01\n---\nT.\n"
        )
    body = "\n\n".join(before for before, _ in list_changes())
    code = (
        "{% highlight python %}\nprint(1)\n{% endhighlight %}\n\n"
        "{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n\n"
        "{% raw %}Text.{% endraw %}\n\n[a](https://x.org/)\n"
    )
    site.post("ice", f"First.\n\n{body}\n\n{code}")
    return site, body


def test_template_code_is_shown_as_it_is_and_nothing_is_said(make_site) -> None:
    site, body = make_template_site(make_site)
    page = site.build().page("posts/ice")
    text = page.select_one("section").get_text()
    assert "{% post_url 2024-05-01-rain %}" in text
    assert "{{< youtube w7Ft2ymGmfc >}}" in text
    assert "site.baseurl" in text
    assert not page.select("img.leadposts-body-image")
    assert [a["href"] for a in page.select("section > p a")] == ["https://x.org/"]
    assert body.count("{") > 5


def test_the_script_mends_what_is_said_and_names_the_rest(
    make_site, monkeypatch, capsys
) -> None:
    site, _ = make_template_site(make_site)
    run_script(
        "Mend template code in the text",
        "mend_posts.py",
        "posts",
        monkeypatch=monkeypatch,
        site=site,
    )
    text = (site.src / "posts/ice.md").read_text("utf-8")
    for before, after in list_changes():
        assert f"\n{after}\n" in text
        assert before == after or before not in text
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1
    assert re.fullmatch(r"posts.ice\.md:\d+: \{\{< youtube w7Ft2ymGmfc >\}\}", said[0])
    page = site.build().page("posts/ice")
    assert len(page.select("img.leadposts-body-image")) == 3
    links = [a["href"] for a in page.select("section > p a")]
    assert links == ["2024-05-01-rain.html", "rain.html", "https://x.org/"]
    assert len(page.select("div.highlight-python, div.highlight-go")) == 2


def test_template_code_and_comments_are_seen_on_cards(make_site) -> None:
    site = make_site()
    site.post("ice", "{% comment %}\nHidden.\n{% endcomment %}\n\nText.\n\nMore.\n")
    card = site.build().page("blog/index").select_one(".leadposts-card-summary")
    assert card.get_text() == "{% comment %} Hidden. {% endcomment %}"


def test_the_search_finds_all_template_code() -> None:
    (found,) = re.findall(r'grep -rnE "(.+)" posts', MOVE)
    for before, _ in list_changes():
        assert re.search(found, before)


def test_substitutions_of_myst_take_template_code_for_their_own(make_site) -> None:
    site = make_site(myst_enable_extensions=["substitution"])
    site.post("ice", "Text of {{ site.time }}.\n")
    site.build(warns=[r"ice\.md:7: .*[Ss]ubstitution"])


def test_pages_in_folders_keep_the_addresses_of_hugo_and_eleventy(make_site) -> None:
    build = move(make_site, "Hugo").build("dirhtml")
    (command,) = re.findall(r"python -m sphinx -b (\w+)", MOVE)
    assert command == "dirhtml"
    assert build.has("posts/rain/index.html")
    assert build.has("posts/thin-ice/index.html")


def test_the_script_keeps_the_addresses_of_jekyll(make_site, monkeypatch) -> None:
    site = move(make_site, "Jekyll")
    for _ in range(2):
        run_script(
            "Keep the old addresses",
            "keep_addresses.py",
            monkeypatch=monkeypatch,
            site=site,
        )
    build = site.build()
    new = "posts/2024-11-03-thin-ice.html"
    assert leads_to(build, "2024/11/03/thin-ice.html", new)
    assert leads_to(build, "notes/thin-ice.html", new)
    assert leads_to(build, "2024/05/01/rain.html", "posts/2024-05-01-rain.html")


def test_links_between_posts_are_followed_as_is_said(make_site) -> None:
    site = move(make_site, "Hugo")
    body = f"[a](rain.md) [b]({WHO}wet/rain/) [c](/posts/rain/) [d](/wet/rain/)\n"
    site.post("links", body)
    links = site.build().links("posts/links", "section > p")
    assert links[:4] == [(text, "rain.html") for text in "abcd"]


def test_the_warnings_that_are_quoted_are_those_of_a_build(make_site) -> None:
    rows = find_rows(SECTIONS["Read what the first build says"])
    quoted = [row[0].strip('"') for row in rows]
    assert len(quoted) == 10
    site = make_site(leadposts_post_pattern=["posts/**"])
    site.post("date", date=None)
    site.post("modified", date="Last Modified")
    site.post("two-ways", date="03/04/2023")
    site.post("title", title=None)
    site.post("key", featuredImage="/img/rain.jpg")
    site.post("twice", publishDate="2024-01-01")
    site.post("picture", image="/img/rain.jpg")
    site.post("link", "[rain](/wet/rain/)\n")
    site.post("fence", "```{.python}\nx = 1\n```\n")
    site.write("page.md", "# Page\n")
    build = site.build(warns=[re.escape(text) for text in quoted])
    assert len(build.page("blog/index").select(".leadposts-card")) == 9


ZONE = load_zone("UTC")
#: A cell that holds nothing but names of keys.
PLAIN = re.compile(r"`[\w:]+`(?:, `[\w:]+`)*")


def find_tables() -> Iterator[tuple[str, str, list[str]]]:
    """Yield generator, title of the table, and cells of each row."""
    for generator, section in find_sections(KNOW).items():
        _, *parts = re.split(r"^### ", section, flags=re.MULTILINE)
        for part in parts:
            for row in find_rows(part):
                yield generator, part.partition("\n")[0], row


ROWS = list(find_tables())


def list_names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def find_wrong_names(row: list[str], options: dict[str, set[str]]) -> list[str]:
    """Return what the cell on us names that is not there."""
    cell = row[1]
    wrong = []
    for role, name in re.findall(r"\{(\w+)\}`([^`]+)`", cell):
        known = {
            "confval": name.removeprefix(PREFIX)
            in {item.name for item in fields(LeadpostsConfig)},
            "key": name in NAMES.values(),
            "ref": any(name == f"{n} <directive-{n}>" for n in options),
        }
        wrong += [] if known[role] else [name]
    named = re.findall(r"<directive-([\w-]+)>", cell)
    rest = re.sub(r"\{\w+\}`[^`]+`", "", cell)
    for name in list_names(rest):
        if option := re.fullmatch(r":([\w-]+):", name):
            there = any(option[1] in options.get(n, ()) for n in named)
        elif role := re.fullmatch(r"\{(?:blog:)?(\w+)\}", name):
            there = role[1] in {*BlogDomain.roles, "doc"}
        elif name.endswith(".html"):
            there = (TEMPLATES / name).is_file()
        elif name.startswith("sphinx-leadposts "):
            there = name.partition(" ")[2] == "quickstart"
        else:
            there = name in SPHINX_VALUES
        wrong += [] if there else [name]
    return wrong


#: Those of the HTML builder are no part of a bare configuration.
SPHINX_VALUES = {*Config.config_values, "html_baseurl", "html_extra_path"}


@pytest.fixture
def options() -> dict[str, set[str]]:
    """Return the options of the directives that the package registers."""
    found: dict[str, set[str]] = {}

    class App:
        def add_directive(self, name: str, cls: type) -> None:
            found[name] = set(cls.option_spec or {})

    directives.setup_directives(App())
    return found


def test_every_name_on_our_side_of_the_tables_is_there(
    options: dict[str, set[str]],
) -> None:
    assert len(ROWS) > 120
    for generator, _, row in ROWS:
        assert len(row) >= 2, row
        assert find_wrong_names(row, options) == [], (generator, row)


@pytest.mark.parametrize(
    "cell",
    [
        "{confval}`leadposts_titel`",
        "{key}`redirects`",
        "{ref}`post-lists <directive-post-lists>`",
        "{ref}`post-list <directive-post-list>` `:limits:`",
        "{ref}`post-card <directive-post-card>` `:limit:`",
        "`leadposts/cloud.html`",
        "`{blog:posts}`",
        "`html_base`",
        "`sphinx-leadposts new`",
    ],
)
def test_a_name_that_is_not_there_is_found(
    options: dict[str, set[str]], cell: str
) -> None:
    assert len(find_wrong_names(["`x`", cell, ""], options)) == 1


def test_the_parts_and_values_that_rows_name_are_those_of_the_setting() -> None:
    known = {
        "header": set(HEADER_PARTS),
        "footer": set(FOOTER_PARTS),
        "archives": set(ARCHIVES),
    }
    seen = set()
    for _, _, row in ROWS:
        setting = row[1].removeprefix(f"{{confval}}`{PREFIX}").removesuffix("`")
        if setting in known and len(row) > 2:
            named = {n for n in list_names(row[2]) if not n.startswith("`")}
            assert named <= known[setting], row
            seen |= {setting} if named else set()
    assert seen == set(known)


def read_foreign_key(name: str) -> tuple[list[str], int]:
    """Return as which of our keys one of theirs is read, and how much is said."""
    front_matter = read_front_matter(f"---\n{name}: x\n---\n")
    assert front_matter is not None
    keys = sort_out_keys(front_matter)
    return list(keys.values), len(keys.problems)


def find_misreadings(row: list[str]) -> list[str]:
    """Return the keys of a row that are not read as the row says."""
    reported = int(len(row) > 2 and row[2].startswith("reported"))
    ours = list_names(row[1]) if row[1].startswith("{key}") else []
    return [
        name
        for name in list_names(row[0])
        if read_foreign_key(name) != (ours, reported)
    ]


def list_key_rows() -> list[list[str]]:
    return [
        row
        for _, title, row in ROWS
        if title == "Front matter" and PLAIN.fullmatch(row[0])
    ]


def test_every_key_of_theirs_is_read_as_is_said() -> None:
    rows = [
        row for row in list_key_rows() if row[1] != "{key}`guides` and {key}`related`"
    ]
    assert len(rows) > 50
    for row in rows:
        assert find_misreadings(row) == [], row
    assert read_foreign_key("links") == ([], 0)


@pytest.mark.parametrize(
    "row",
    [
        ["`pin`", "—", ""],
        ["`weight`", "{key}`featured`", ""],
        ["`lastmod`", "{key}`date`", ""],
        ["`exclude`", "—", ""],
        ["`layout`", "—", "reported: it is not there"],
    ],
)
def test_a_key_that_is_not_read_as_is_said_is_found(row: list[str]) -> None:
    assert find_misreadings(row)


def test_every_default_that_rows_name_is_the_default() -> None:
    values = LeadpostsConfig()
    named = {row[0]: row for _, _, row in ROWS}
    for there, name in (
        ("`post_readtime_words_per_minute`", "words_per_minute"),
        ("`blog_feed_length`", "feed_length"),
    ):
        assert named[there][2].startswith(f"{getattr(values, name)},")


def test_what_rows_say_of_posts_of_ablog_is_so(make_site) -> None:
    site = make_site(
        leadposts_defaults={"**": {"author": "mina", "description": 2}},
        leadposts_authors={"mina": {"name": "Mina Holt", "url": "https://m.org/"}},
        leadposts_date_format="d MMMM yyyy",
    )
    body = "One.\n\nTwo.\n\nThree.\n"
    site.post("one", body, redirect="[old-name, older.html]")
    site.post("undated", date=None)
    site.post("late", date="2031-01-01")
    site.post("several", "Text.\n", author="Ann, Ben", category="A, B")
    site.write("old.rst", "Old\n===\n\n.. post:: 2024-01-01\n   :tags: a\n")
    site.write("new.rst", ":blogpost: true\n:date: 2024-01-01\n\nNew\n===\n\nText.\n")
    build = site.build(
        warns=[
            r"undated\.md:\d: .*has no date",
            r"old\.rst:4: ERROR: Unknown directive type .post",
            r"^\.\. post:: 2024-01-01",
            r"^   :tags: a \[docutils\]",
            r"old\.rst: WARNING: document isn't included",
            r"several\.md:5: .*'Ann, Ben'",
        ]
    )
    titles = list_posts(build)
    assert titles[-1] == "Post undated"
    assert "New" in titles
    assert "Post late" not in titles
    assert "Old" not in titles
    assert build.has("old-name/index.html")
    assert build.has("older.html")
    page = build.page("posts/one")
    assert page.select_one("time").get_text() == "8 May 2025"
    assert read_authors(build, "posts/one") == "Mina Holt"
    assert read_description(build, "posts/one") == "One. Two."
    assert len(build.page("posts/several").select(".leadposts-author")) == 1


def test_what_rows_say_of_posts_of_material_is_so(make_site) -> None:
    files = find_files(find_sections(KNOW)["Material for MkDocs"])
    (values,) = find_values(find_sections(KNOW)["Material for MkDocs"])
    (there, _), (here, text) = files.items()
    assert there == ".authors.yml"
    site = make_site(**values)
    assert here == values["leadposts_authors"]
    site.write(here, text)
    site.post("one", authors="[mina]", categories="[Search, Speed]", slug="first")
    site.post("pinned", date="2020-01-01", pin="true", readtime="15")
    site.post("two-dates", date="{created: 2024-01-31, updated: 2024-02-01}")
    site.post("more", "A.\n\nB.\n\n<!-- more -->\n\n!!! note\n\n    Deep.\n\nEnd.\n")
    build = site.build()
    assert list_posts(build)[0] == "Post pinned"
    header = build.page("posts/two-dates").select_one(".leadposts-header")
    times = [time["datetime"] for time in header.select("time")]
    assert times == ["2024-01-31", "2024-02-01"]
    assert read_authors(build, "posts/one") == "Mina Holt"
    mina = build.page("blog/authors/mina-holt")
    bio = mina.select_one(".leadposts-archive-description").get_text()
    assert bio == "Rides in all weathers"
    assert mina.select_one("img.leadposts-archive-image")["src"].endswith("mina.jpg")
    assert build.has("blog/categories/speed.html")
    assert build.has("posts/first/index.html")
    assert "15" not in build.page("posts/pinned").select_one(".leadposts-header").text
    page = build.page("posts/more").select_one("section")
    assert "!!! note" in page.get_text()
    assert "Deep." in page.select_one("pre").get_text()
    assert read_description(build, "posts/more") == "A."


def test_what_rows_say_of_posts_of_hugo_is_so(make_site) -> None:
    site = make_site(
        leadposts_key_aliases={"images": "image", "url": "permalink"},
        leadposts_show_drafts=False,
    )
    add_photo(site, "media/ice.jpg")
    site.post("one", images="[/media/ice.jpg]", url="/first/", keywords="[a]")
    site.post("late", date=None, publishDate="2031-01-01")
    site.post("gone", expiryDate="2024-01-01")
    site.post("short", description="Short.", summary="Long.")
    site.post("part", cover="{image: /media/ice.jpg, alt: Ice}")
    build = site.build(
        warns=[r"short\.md:6: .*'summary' means the same as 'description'"]
    )
    assert sorted(list_posts(build)) == ["Post one", "Post part", "Post short"]
    assert build.has("first/index.html")
    assert build.page("posts/one").select("img.leadposts-header-image")
    header = build.page("posts/part").select_one("img.leadposts-header-image")
    assert header["alt"] == "Ice"
    assert read_description(build, "posts/short") == "Short."


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("---\ntitle: Ice\n---", "Ice"),
        ("---yaml\ntitle: Ice\n---", "Ice"),
        ('---json\n{"title": "Ice"}\n---', "Ice"),
        ('---js\n{\n  title: "Ice",\n  tags: ["a"],\n}\n---', "Ice"),
        ('---js\nconst title = "Ice";\n---', ""),
        ('{\n"title": "Ice"\n}\n', ""),
        ('+++\ntitle = "Ice"\n+++', "Ice"),
        ('+++\n[params]\ntitle = "Ice"\n+++', "Ice"),
        ('+++\n[extra]\ntitle = "Ice"\n+++', "Ice"),
        ('+++\n[taxonomies]\ntitle = "Ice"\n+++', "Ice"),
    ],
)
def test_forms_of_front_matter_are_read_as_is_said(head: str, title: str) -> None:
    rules = Rules(post_patterns=("**",), zone=ZONE)
    source = read_source(f"{head}\n\nText.\n", "posts/2024-05-01-ice", rules)
    assert source is not None
    assert source.fields.title == title


def test_what_rows_say_of_posts_of_eleventy_is_so(make_site) -> None:
    site = make_site(
        leadposts_marker_tags=["posts"], leadposts_defaults={"**": {"tags": ["a"]}}
    )
    site.post("one", tags="[posts, ice]", excerpt="In short.", permalink="/first/")
    site.post("two", tags="posts", permalink="'/{{ title }}/'", **{"override:tags": 1})
    site.post("three", tags="posts", draft="true")
    site.post("four", tags="posts", date="Last Modified")
    site.write(
        "posts/2024-01-02-five.md", "---\ntitle: Five\ntags: posts\n---\nText.\n"
    )
    build = site.build(warns=[r"four\.md:3: .*'Last Modified' is not a date"])
    assert set(list_posts(build)) == {"Post one", "Post two", "Five", "Post four"}
    assert read_description(build, "posts/one") == "In short."
    pages = {path.parent.name for path in build.out.glob("*/index.html")}
    assert pages == {"blog", "first", "tags"}
    assert build.has("first/index.html")
    assert build.has("posts/2024-01-02-five.html")
    assert build.has("tags/ice.html")
    assert not build.has("tags/a.html")


def test_posts_with_one_of_the_tags_are_listed(make_site) -> None:
    site = make_site()
    site.post("one", tags="[post, a]")
    site.post("two", tags="[post, b]")
    site.write(
        "x.md", "---\norphan: true\n---\n# X\n\n```{post-list}\n:tags: a, b\n```\n"
    )
    cards = site.build().page("x").select(".leadposts-card-title")
    assert len(cards) == 2


def test_the_pages_of_the_blog_are_where_the_tables_say(make_site) -> None:
    site = make_site(leadposts_page_size=1, html_baseurl=WHO, leadposts_feeds=["rss"])
    site.post("one", date="2026-01-01", category="Notes", author="mina")
    site.post("two", date="2026-01-02", category="Notes", author="mina")
    site.write(
        "x.md", "---\norphan: true\n---\n# X\n\n{doc}`/blog/index` {doc}`/tags/index`\n"
    )
    build = site.build()
    for name in re.findall(r"`(blog/[\w/]+)`", KNOW):
        if name not in {"blog/rss", "blog/atom"}:
            assert build.has(f"{name}.html"), name
    assert build.has("blog/rss.xml")
    assert build.has("blog/page/2.html")
