"""Redirects: which file an old address means, whose it is, and what the page says."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
import unicodedata
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, given
from hypothesis import strategies as st

from sphinx_leadposts.publishing.redirects import (
    Claim,
    Dispute,
    is_redirect,
    make_address,
    read_old_path,
    settle_redirects,
    write_redirect,
)

#: What authors write, and the file that a web server gives out for it.
READ = {
    "/old/": "old/index.html",
    "old/x.html": "old/x.html",
    "/old": "old/index.html",
    "  /old/ \n": "old/index.html",
    "/a/b.c/": "a/b.c/index.html",
    "old//x.html": "old/x.html",
    "Old/X.HTML": "Old/X.HTML",
    "old/x.htm": "old/x.htm",
    "old/x.php?id=3": "old/x.php/index.html",
    "index.html": "index.html",
    "old/index.html#part": "old/index.html",
    "posts/日本語/": "posts/日本語/index.html",
    "posts/%E6%97%A5%E6%9C%AC%E8%AA%9E": "posts/日本語/index.html",
    "a%2Fb": "a/b/index.html",
    "c%23": "c#/index.html",
    "100%": "100%/index.html",
    "%252e%252e/x": "%2e%2e/x/index.html",
    "old/emoji 🎉.html": "old/emoji 🎉.html",
}
#: What is no address of a site, and a word of what is said of it.
REFUSED = {
    "": "names no page",
    " / ": "names no page",
    "///": "URL",
    "/?p=12": "names no page",
    "#part": "names no page",
    "../../evil": "dot",
    "x.html/y/": "goes on",
    "old/x.html/": "goes on",
    "old/./x": "dot",
    "old/%2e%2E%2fx": "dot",
    ".leadposts-ledger": "dot",
    "old/.html": "dot",
    "old./x": "dot",
    "..\\evil": "dot",
    "old\\x": "holds one of",
    "old%5Cx": "holds one of",
    "old/%3Fp=1": "holds one of",
    "/:year/:title/": "holds one of",
    "/{{ page.fileSlug }}/": "template",
    "C:\\x": "drive",
    "c:/x": "drive",
    "c%3A/x": "holds one of",
    "https://example.org/old/": "URL",
    "javascript:alert(1)": "URL",
    "//example.org/old/": "URL",
    "old/a%00b": "control",
    "old/a\nb": "control",
    "old/a\u2028b": "control",
    "old/\ud800": "control",
    "old/a%20/x": "space",
    "old/%ff": "UTF-8",
    "old/CON.html": "device",
    "nul/": "device",
    "com¹.x/": "device",
    "ä" * 128: "255",
    "abcd/" * 200: "1000",
    "leadposts.json": "data",
    "/Leadposts.JSON/x": "data",
}

#: Pieces from which addresses are put together that are meant to go wrong.
PIECES = st.sampled_from(
    [
        *("/", "//", ".", "..", "%2e", "%2E%2e%2f", "%252e", "%25", "%", "\\", "%5c"),
        *("?", "#", "%3f", "%23", " ", "%20", "\t", "%00", "\x7f", "\ud800", "%ff"),
        *("old", "x.html", "X.HTM", "index.html", ".html", "日本語", "é", "e\u0301"),
        *("C:", "c%3a", "https:", "nul", "con.html", "~", "$x", "leadposts.json"),
        *("a" * 254, "é" * 127, "abcdefg/" * 120, "{{", ":"),
    ]
)
PATHS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES | st.text(max_size=3), max_size=6).map("/".join),
)
#: Few names, so that they meet: in case, in accents, as files and as folders.
NAMES = st.sampled_from(["a", "A", "b.html", "B.html", "é", "e\u0301", "index.html"])
CLAIMS = st.builds(
    Claim,
    path=st.lists(NAMES, min_size=1, max_size=3).map("/".join) | PATHS,
    docname=st.sampled_from(["one", "two", "three"]),
)


@pytest.mark.parametrize(("path", "file"), READ.items())
def test_an_old_path_is_a_file(path: str, file: str) -> None:
    assert read_old_path(path) == file


@pytest.mark.parametrize(("path", "word"), REFUSED.items())
def test_what_is_no_path_of_a_site_is_refused(path: str, word: str) -> None:
    with pytest.raises(ValueError, match="write a path") as caught:
        read_old_path(path)
    message = str(caught.value)
    assert word in message
    assert message.isprintable()
    assert len(message) < 300


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server of files that keeps no log."""

    def log_message(self, *args: object) -> None:
        pass


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_web_server_gives_out_that_file(tmp_path: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with serve(tmp_path) as root:
        for number, (path, file) in enumerate(READ.items()):
            target = tmp_path / str(number) / file
            target.parent.mkdir(parents=True)
            target.write_text(file, "utf-8")
            # As a browser asks for it: an anchor and spaces around are not sent.
            written = path.strip().lstrip("/").partition("#")[0]
            for address in (quote(written, safe="/%?="), make_address(file)):
                with opener.open(f"{root}{number}/{address}") as answer:
                    assert answer.read().decode() == file


@given(PATHS)
def test_whatever_is_written_the_file_is_inside_the_output(path: str) -> None:
    try:
        file = read_old_path(path)
    except ValueError:
        return
    assert all(len(part.encode()) <= 255 for part in file.split("/"))
    assert len(file.encode()) <= 1000
    assert file.lower().endswith((".html", ".htm"))
    with TemporaryDirectory() as name:
        out = Path(name).resolve()
        target = (out / file).resolve()
        assert target.is_relative_to(out)
        assert target.relative_to(out).as_posix() == file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("", "utf-8")
        found = [entry for entry in out.rglob("*") if entry.is_file()]
        assert found == [target]


@given(PATHS | st.sampled_from(sorted(READ)))
def test_what_was_read_is_read_as_itself(path: str) -> None:
    try:
        file = read_old_path(path)
    except ValueError:
        assume(False)
    address = make_address(file)
    assert address.isascii()
    assert read_old_path(address) == read_old_path(f"/{address}?a=1#b") == file
    # A name with one of these signs is an address only when it is encoded.
    if not set(file) & set("%#"):
        assert read_old_path(file) == file


def test_addresses_are_as_short_as_servers_take_them() -> None:
    assert make_address("old/index.html") == "old/"
    assert make_address("old/x.html") == "old/x.html"
    assert make_address("index.html") == "index.html"
    assert make_address("日/c#/index.html") == "%E6%97%A5/c%23/"


def test_of_two_claims_the_first_wins() -> None:
    claims = [
        Claim(path="/old/", docname="a"),
        Claim(path="Old", docname="b"),
        Claim(path="/old/index.html", docname="a"),
        Claim(path="OLD/", docname="a"),
        Claim(path="caf\u00e9.html", docname="a"),
        Claim(path="cafe\u0301.html", docname="b"),
        Claim(path="x.html", docname="a"),
        Claim(path="X.html", docname="b"),
        Claim(path="../evil", docname="b"),
    ]
    settled = settle_redirects(claims)
    assert settled.files == {
        "old/index.html": "a",
        "OLD/index.html": "a",
        "caf\u00e9.html": "a",
        "x.html": "a",
    }
    assert settled.disputes == (
        Dispute(path="Old", file="Old/index.html", docname="b", winner="a"),
        Dispute(
            path="cafe\u0301.html", file="cafe\u0301.html", docname="b", winner="a"
        ),
        Dispute(path="X.html", file="X.html", docname="b", winner="a"),
    )
    (refusal,) = settled.refusals
    assert (refusal.path, refusal.docname) == ("../evil", "b")
    assert "dot" in refusal.reason


@given(st.lists(CLAIMS, max_size=8))
def test_every_claim_is_settled_and_all_files_can_be_written(
    claims: list[Claim],
) -> None:
    settled = settle_redirects(claims)
    refused = {(r.path, r.docname) for r in settled.refusals}
    lost = {(d.path, d.docname) for d in settled.disputes}
    for claim in claims:
        known = (claim.path, claim.docname)
        is_won = known not in refused | lost
        assert (known in refused) + (known in lost) + is_won == 1
        if is_won:
            assert settled.files[read_old_path(claim.path)] == claim.docname
    assert {d.winner for d in settled.disputes} <= set(settled.files.values())
    with TemporaryDirectory() as name:
        for file, docname in settled.files.items():
            # As a file system that knows no case names it: one file, one document.
            target = Path(name, unicodedata.normalize("NFC", file).lower())
            target.parent.mkdir(parents=True, exist_ok=True)
            assert not target.exists() or target.read_text("utf-8") == docname
            target.write_text(docname, "utf-8")


@given(st.lists(CLAIMS, max_size=8), st.integers(min_value=0, max_value=8))
def test_later_claims_change_nothing_of_earlier_ones(
    claims: list[Claim], count: int
) -> None:
    first, whole = settle_redirects(claims[:count]), settle_redirects(claims)
    assert list(whole.files.items())[: len(first.files)] == list(first.files.items())
    assert whole.disputes[: len(first.disputes)] == first.disputes
    assert whole.refusals[: len(first.refusals)] == first.refusals


def parse(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def visible(text: str) -> list[str]:
    return [sign for sign in text if sign.isprintable() and sign != " "]


def test_a_redirect_is_this_page() -> None:
    page = write_redirect(
        "../a%20b/?x=1&y=2",
        title="Q & <A>\n“now”",
        language="pt-BR",
        canonical="https://example.org/a%20b/",
    )
    assert page == (
        "<!DOCTYPE html>\n"
        '<html lang="pt-BR">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="generator" content="sphinx-leadposts">\n'
        '<meta name="robots" content="noindex">\n'
        "<title>Q &amp; &lt;A&gt; “now”</title>\n"
        '<link rel="canonical" href="https://example.org/a%20b/">\n'
        '<meta http-equiv="refresh" content="0; url=../a%20b/?x=1&amp;y=2">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "</head>\n"
        "<body>\n"
        '<p><a href="../a%20b/?x=1&amp;y=2">Q &amp; &lt;A&gt; “now”</a></p>\n'
        "</body>\n"
        "</html>\n"
    )


@given(to=st.text(), title=st.text(), language=st.text(), canonical=st.text())
def test_title_and_address_come_back_from_the_page(
    to: str, title: str, language: str, canonical: str
) -> None:
    page = write_redirect(to, title=title, language=language, canonical=canonical)
    page.encode("utf-8")
    soup = parse(page)
    link = soup.select_one("body > p > a")
    assert unquote(link["href"], errors="surrogatepass") == unquote(
        to, errors="surrogatepass"
    )
    refresh = soup.select_one('meta[http-equiv="refresh"]')["content"]
    assert refresh == f"0; url={link['href']}"
    assert visible(soup.html["lang"]) == visible(language)
    assert soup.title.text == link.text
    if visible(title):
        # What cannot be seen, such as the joint of an emoji, may stand there too.
        assert visible(soup.title.text) == visible(title)
    canonicals = [tag["href"] for tag in soup.select('link[rel="canonical"]')]
    assert len(canonicals) == bool(canonical)
    assert len(soup.find_all(True)) == 11 + bool(canonical)
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"
    assert is_redirect(page)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_encoded_address_stays_as_it_is(text: str) -> None:
    for to in (quote(text), f"https://example.org/{quote(text)}?a=b&c=d#e;f"):
        page = write_redirect(to, title="x", language="en", canonical=to)
        soup = parse(page)
        assert soup.a["href"] == to
        assert [t["href"] for t in soup.select("link")] == ([to] if to else [])


def test_titles_keep_what_belongs_to_them() -> None:
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    for title in ("Pourquoi\u00a0?", family, "שלום", "C++ <3", "&amp;"):
        page = write_redirect("x.html", title=title, language="en")
        assert parse(page).title.text == parse(page).a.text == title
    for title in ("", " \n", "\x00\ufffe\ud800"):
        page = write_redirect("x.html", title=title, language="en")
        assert parse(page).title.text == parse(page).a.text == "x.html"


def test_a_refresh_does_not_take_an_apostrophe_for_a_quotation_mark() -> None:
    soup = parse(write_redirect("'a'/b", title="x", language="en"))
    refresh = soup.select_one('meta[http-equiv="refresh"]')["content"]
    assert refresh == "0; url=%27a%27/b"


def test_only_our_own_pages_are_redirects() -> None:
    ours = write_redirect("x", title="x", language='"><script>', canonical="https://x")
    for text in (ours, ours.replace("\n", "\r\n"), ours[:300]):
        assert is_redirect(text)
    theirs = [
        "",
        "\n" + ours,
        ours.replace("sphinx-leadposts", "Jekyll"),
        ours.replace('<meta name="robots" content="noindex">\n', ""),
        f"<!DOCTYPE html>\n<html lang='en'>\n<body><pre>{ours}</pre>",
        ours.replace("<head>", '<head prefix="og: https://ogp.me/ns#">'),
        ours[:100],
    ]
    assert not any(map(is_redirect, theirs))


@given(st.text())
def test_no_other_text_is_a_redirect(text: str) -> None:
    page = write_redirect("x", title="x", language="en")
    assert not is_redirect(text)
    assert is_redirect(f"{text}{page}") == (not text)
