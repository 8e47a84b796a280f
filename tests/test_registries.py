"""What a site says of its tags and authors, and what looks like a slip."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import pydantic
import pytest

from sphinx_leadposts.commands import main
from sphinx_leadposts.commands.schemas import MADE, make_schema, read_schema
from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The oldest pydantic that words the schemas as the package carries them.
WORDED_BY: Final = (2, 14)
PYDANTIC: Final = tuple(int(part) for part in pydantic.VERSION.split(".")[:2])

#: One value of each kind that somebody may write.
VALUES: Final = (
    *(None, True, 3, 3.5, "", "x", "a/b", "2025-05-08", "https://example.org/"),
    *("javascript:x", "https://example.org/x.png"),
    *([], [None], [3], ["x", "y"], ["x", ["y"]], [{"name": "x"}]),
    *({}, {"x": "y"}, {"src": "x.png"}, {"name": "x"}, {"title": "x"}),
)

TAGS = {
    "seo": {"label": "Search", "slug": "search", "aliases": ["SERP", "search engines"]},
    "mail": None,
}


def test_the_registry_names_a_tag_and_gathers_its_aliases(make_site) -> None:
    site = make_site(leadposts_tags=TAGS)
    site.post("a", tags="[post, SEO]")
    site.post("b", tags="[post, serp]")
    site.post("c", tags="[post, search-engines, Mail]")
    site.write(
        "index.md", "# Home\n\n```{post-list}\n:tags: SERP\n```\n\n{blog:tag}`seo`\n"
    )
    build = site.build()
    assert (
        build.page("tags/search").select_one(".body h1").find(string=True) == "Search"
    )
    assert len(build.page("tags/search").select("article.leadposts-card")) == 3
    assert len(build.page("index").select("article.leadposts-card")) == 3
    assert build.page("index").select_one('a[href="tags/search.html"]').text == "Search"
    assert build.has("tags/mail.html")


@pytest.mark.parametrize("form", ["mapping", "file"])
def test_a_registry_stands_in_conf_or_in_a_file(make_site, form: str) -> None:
    site = make_site(leadposts_authors={"ann": {"name": "Ann <A>"}})
    if form == "file":
        site.configure(leadposts_authors="authors.yaml")
        site.write("authors.yaml", "ann:\n  name: Ann <A>\n  url: https://a.example/\n")
    site.post("a", author="ann")
    build = site.build()
    author = build.page("posts/a").select_one(".leadposts-author")
    assert author.text == "Ann <A>"
    assert author["href"] == "../blog/authors/ann-a.html"
    links = build.links("blog/authors/ann-a", ".leadposts-archive-links")
    assert links == ([("a.example", "https://a.example/")] if form == "file" else [])


def test_an_edit_of_a_registry_reaches_the_pages(make_site) -> None:
    site = make_site(leadposts_tags="tags.yaml", leadposts_authors="authors.yaml")
    site.write("tags.yaml", "seo: {label: Search}\n")
    site.write("authors.yaml", "ann: {name: Ann}\n")
    site.post("a", tags="[post, seo]", author="ann")
    site.post("b", tags="[post, seo]")
    site.build()
    site.write("tags.yaml", "seo: {label: Finding, slug: find}\n")
    site.write("authors.yaml", "ann: {name: Anna}\n")
    warm = site.build()
    cold = site.build(out="cold")
    for build in (warm, cold):
        assert (
            build.page("tags/find").select_one(".body h1").find(string=True)
            == "Finding"
        )
        assert build.page("posts/a").select_one(".leadposts-author").text == "Anna"
        assert build.page("posts/b").select_one("a.leadposts-tag").text == "Finding"
    assert not warm.has("tags/search.html")


@pytest.mark.parametrize(
    ("name", "value", "pieces"),
    [
        ("tags", "none.yaml", [".*none.yaml.*cannot be read"]),
        ("tags", {"a": {"lable": "A"}}, ["a: lable: did you mean 'label'"]),
        ("tags", {"a": {"label": ["x"]}, "b": {}}, ["a: label: .*text"]),
        ("authors", {"a": {"url": "javascript:x"}}, ["a: url: .*https"]),
    ],
)
def test_what_is_wrong_in_a_registry_is_named(
    make_site, name: str, value: object, pieces: list[str]
) -> None:
    site = make_site(**{f"leadposts_{name}": value})
    warns = [rf"leadposts_{name}: {piece}.*\[leadposts\.config\]" for piece in pieces]
    site.build(warns=warns)
    site.build(warns=warns)


def test_a_broken_registry_file_is_named(make_site) -> None:
    site = make_site(leadposts_tags="tags.yaml")
    site.write("tags.yaml", "a: [b\n")
    site.build(warns=[r"tags\.yaml.*no YAML.*\[leadposts\.config\]"])


def test_a_tag_outside_the_registry_is_named(make_site) -> None:
    site = make_site(leadposts_tags=["marketing", "seo"])
    site.post("a", tags="[post, marketing, markting]")
    site.post("b", tags="[post, elsewhere]")
    site.build(
        warns=[
            r"a\.md:4: WARNING: .*'markting'.*mean 'marketing'.*\[leadposts\.tag\]",
            r"b\.md:4: WARNING: .*'elsewhere'.*leadposts_tags = \{'elsewhere'.*tag\]",
        ]
    )


def test_a_tag_one_letter_off_a_common_one_is_named(site: Site) -> None:
    for name in "abc":
        site.post(name, tags="[post, marketing, '3.11']")
    site.post("d", tags="[post, markteing]")
    site.post("e", tags="[post, '3.12', cats]")
    site.build(
        warns=[r"d\.md:4: WARNING: .*'markteing'.*'marketing'.*\[leadposts\.tag\]"]
    )


def test_an_author_outside_the_registry_is_named(make_site) -> None:
    site = make_site(leadposts_authors={"ann": {"name": "Ann Smith"}})
    site.post("a", author="[ann, Ann Smith]")
    site.post("b", author="Anne Smith")
    site.build(
        warns=[
            r"b\.md:5: WARNING: .*'Anne Smith'.*mean 'Ann Smith'.*\[leadposts\.author\]"
        ]
    )


def test_series_with_gaps_and_doubles_are_named(site: Site) -> None:
    for name, part in {"a": 1, "b": 2, "c": 2, "d": 4}.items():
        site.post(name, series=f"{{name: Basics, part: {part}}}")
    site.post("e", series="Loose")
    site.build(
        warns=[
            r"c\.md:5: WARNING: .*part 2.*'posts/b'.*\[leadposts\.series\]",
            r"d\.md:5: WARNING: .*part 4 but no part 3.*\[leadposts\.series\]",
        ]
    )


def test_two_tags_with_one_address_are_named(site: Site) -> None:
    site.post("a", tags="[post, 'node.js']")
    site.post("b", tags="[post, 'node/js']")
    build = site.build(
        warns=[r"b\.md:4: WARNING: .*'node/js'.*'node\.js'.*leadposts_tags.*\.tag\]"]
    )
    assert len(list((build.out / "tags").glob("node-js*.html"))) == 2
    site.configure(leadposts_tags={"node/js": {"slug": "node-slash-js"}, "node.js": {}})
    assert site.build().has("tags/node-slash-js.html")


def list_documents(name: str, schema: dict[str, Any]) -> Iterator[object]:
    """Yield documents with one value of each kind at every place of a schema."""
    yield from VALUES
    if name == "front-matter":
        entries = [schema]
    else:
        yield from ({"entry": value} for value in VALUES)
        entries = schema["additionalProperties"]["anyOf"]
    for entry in entries:
        for key, value in itertools.product(entry.get("properties", ()), VALUES):
            document = {key: value}
            yield document if name == "front-matter" else {"entry": document}


@pytest.mark.parametrize("name", MADE)
def test_the_schemas_take_and_refuse_what_those_of_the_code_do(name: str) -> None:
    shipped, made = json.loads(read_schema(name)), json.loads(make_schema(name))
    one, other = (jsonschema.Draft202012Validator(each) for each in (shipped, made))
    documents = list(list_documents(name, shipped))
    verdicts = [one.is_valid(document) for document in documents]
    assert verdicts == [other.is_valid(document) for document in documents]
    assert {*verdicts} == {True, False}
    assert len(documents) > 2 * len(VALUES)


@pytest.mark.skipif(
    PYDANTIC < WORDED_BY,
    reason="older versions of pydantic word the same schema in another way",
)
@pytest.mark.parametrize("name", MADE)
def test_the_schemas_are_those_of_the_code(name: str) -> None:
    assert read_schema(name) == make_schema(name)


@pytest.mark.parametrize("name", MADE)
def test_the_command_prints_a_schema(name: str, capsys) -> None:
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


def test_the_schemas_take_what_we_take_and_refuse_what_we_refuse() -> None:
    schema = json.loads(read_schema("front-matter"))
    check = jsonschema.Draft202012Validator(schema)
    check.check_schema(schema)
    good = {
        "title": "x",
        "tags": ["post", 3.1],
        "image": {"src": "x.png"},
        "draft": True,
    }
    assert check.is_valid(good)
    assert not check.is_valid({"image": {"alt": "no source"}})
    assert not check.is_valid({"external_url": "javascript:x"})


def test_the_file_of_a_registry_may_have_a_colon(make_site) -> None:
    site = make_site(leadposts_tags="a:tags.yml")
    site.write("a:tags.yml", "seo:\n  parent: nobody\nmail:\n  image: gone.png\n")
    site.post("one", tags="[post, seo, mail]")
    site.build(
        warns=[
            r"a:tags\.yml:3: .*gone\.png.*\[leadposts\.image\]",
            r"a:tags\.yml:1: .*nobody.*\[leadposts\.tag\]",
        ]
    )


@pytest.mark.parametrize("content", ["null", "[1]", "{}", "\x00", ""])
def test_what_is_kept_of_a_registry_may_be_damaged(make_site, content: str) -> None:
    site = make_site(leadposts_tags=TAGS)
    site.post("a", tags="[post, seo]")
    before = site.build().read("tags/search.html")
    (site.root / "doctrees-html/leadposts/tags.json").write_text(content)
    site.post("a", "Another text.\n", tags="[post, seo]")
    site.build()
    site.post("a", tags="[post, seo]")
    assert site.build().read("tags/search.html") == before
