"""Addresses by law: what makes no other page of a URL, and which are this site's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sphinx_leadposts.model.web import (
    Domain,
    find_own_path,
    is_web_address,
    normalize_url,
    parse_domain,
)

SCHEMES = ("https", "http")
TRACKING = ("utm_source=mail", "utm_medium=a%20b", "fbclid=", "gclid=1")
#: What tools write of a path that they do not decode, and what they decode.
LETTERS = "abzAZ019-_.~äß漢 &?#%+=;"


@dataclass(frozen=True, kw_only=True)
class Address:
    """A page on the web, before anybody has spelled it."""

    host: str
    port: int | None = None
    path: tuple[str, ...] = ()
    query: tuple[tuple[str, str], ...] = ()

    def spell(self, how: Spelling) -> str:
        host = how.prefix + (self.host.upper() if how.is_upper else self.host)
        port = self.port or how.port
        path = "".join(f"/{quote(part, safe=how.safe)}" for part in self.path)
        pairs = [f"{quote(n)}={quote(v)}" for n, v in self.query]
        if how.tracking:
            pairs.insert(how.place % (len(pairs) + 1), how.tracking)
        return (
            f"{how.scheme}://{host}{f':{port}' if port else ''}{path}{how.end}"
            f"{'?' if pairs else ''}{'&'.join(pairs)}{how.anchor}"
        )


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """All that makes no other page of an address."""

    scheme: str = "https"
    prefix: str = ""
    is_upper: bool = False
    port: int | None = None
    end: str = "/"
    tracking: str = ""
    place: int = 0
    anchor: str = ""
    safe: str = ""


LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
HOSTS = st.builds(
    lambda name, end: f"{name}.{end}",
    # A host that begins so is written as without it.
    LABELS.filter(lambda label: not label.startswith(("www", "xn--"))),
    st.sampled_from(["org", "example", "co.uk", "blog.example"]),
)
# These are what a web server adds to a name, or takes from it.
PARTS = st.text(LETTERS, min_size=1, max_size=8).filter(
    lambda part: (
        part.strip() == part
        and not part.endswith((".html", ".htm"))
        and part not in {"index", ".", ".."}
    )
)
PATHS = st.lists(PARTS, max_size=3).map(tuple)
NAMES = st.text("abcxyz", min_size=1).filter(
    lambda name: not name.startswith(("utm_", "fbclid", "gclid"))
)
ADDRESSES = st.builds(
    Address,
    host=HOSTS,
    port=st.none() | st.sampled_from([8080, 8443, 1]),
    path=PATHS,
    query=st.lists(st.tuples(NAMES, st.text(LETTERS)), max_size=3).map(tuple),
)
SPELLINGS = st.builds(
    Spelling,
    scheme=st.sampled_from(SCHEMES),
    prefix=st.sampled_from(["", "www."]),
    is_upper=st.booleans(),
    port=st.sampled_from([None, 80, 443]),
    end=st.sampled_from(["", "/", "/index.html"]),
    tracking=st.sampled_from(["", *TRACKING]),
    place=st.integers(0, 3),
    anchor=st.sampled_from(["", "#", "#part-two", "#a/b?c=d"]),
    safe=st.sampled_from(["", "+=;&", "äß漢 "]),
)
#: Of these, texts are made that look like a URL for as long as nobody reads them.
SHARDS = (
    *("https://", "HTTP:", "[", "]", "::1", "@", ":", "80", "999999", "²", "9" * 5000),
    *("www.", ".", "xn--", "．", "a", "é", "/", "index", ".html", "%", "%ff", "\ud800"),
    *("?", "#", "=", "&", "utm_", "\n", "\0"),
)
WILD = (
    st.text()
    | st.text(st.characters(categories=["Cs", "Cc", "Ll"]))
    | st.lists(st.sampled_from(SHARDS)).map("".join)
)


# One page, many spellings -------------------------------------------------------------


@given(ADDRESSES, SPELLINGS, SPELLINGS)
def test_all_spellings_of_an_address_are_one(
    address: Address, one: Spelling, other: Spelling
) -> None:
    assert normalize_url(address.spell(one)) == normalize_url(address.spell(other))


@given(ADDRESSES, ADDRESSES, SPELLINGS, SPELLINGS)
def test_two_addresses_stay_two_in_any_spelling(
    one: Address, other: Address, how: Spelling, why: Spelling
) -> None:
    assume(one != other)
    assert normalize_url(one.spell(how)) != normalize_url(other.spell(why))


@given(ADDRESSES, SPELLINGS, st.data())
def test_no_part_of_an_address_is_lost(
    address: Address, how: Spelling, data: st.DataObject
) -> None:
    part = data.draw(st.sampled_from(["host", "port", "path", "query"]))
    value = getattr(data.draw(ADDRESSES), part)
    assume(value != getattr(address, part))
    changed = replace(address, **{part: value})
    assert normalize_url(address.spell(how)) != normalize_url(changed.spell(how))


@given(ADDRESSES, SPELLINGS)
def test_what_was_normalized_is_an_address_that_normalizes_to_itself(
    address: Address, how: Spelling
) -> None:
    normal = normalize_url(address.spell(how))
    assert normalize_url(f"https://{normal}") == normal


# The site's own -----------------------------------------------------------------------


@given(HOSTS, PATHS, PATHS, SPELLINGS, SPELLINGS)
def test_every_spelling_of_an_own_url_has_the_same_path(
    host: str,
    folder: tuple[str, ...],
    path: tuple[str, ...],
    how: Spelling,
    why: Spelling,
) -> None:
    site = Address(host=host, path=folder)
    domain = parse_domain(site.spell(replace(why, end="/", tracking="", anchor="")))
    assert domain is not None
    url = Address(host=host, path=folder + path).spell(how)
    assert find_own_path(url, [domain]) == ("/".join(path), how.anchor[1:])


@given(ADDRESSES, ADDRESSES, SPELLINGS)
def test_no_url_of_another_site_is_an_own_one(
    site: Address, other: Address, how: Spelling
) -> None:
    is_below = other.path[: len(site.path)] == site.path
    assume((other.host, other.port) != (site.host, site.port) or not is_below)
    domain = parse_domain(site.spell(Spelling()).partition("?")[0])
    assert domain is not None
    assert find_own_path(other.spell(how), [domain]) is None


@given(ADDRESSES, SPELLINGS, PARTS)
def test_a_folder_that_only_begins_with_the_same_letters_is_another_site(
    site: Address, how: Spelling, more: str
) -> None:
    assume(site.path)
    domain = parse_domain(site.spell(Spelling()).partition("?")[0])
    other = replace(site, path=(*site.path[:-1], site.path[-1] + more))
    assert domain is not None
    assert find_own_path(other.spell(how), [domain]) is None


@given(ADDRESSES, ADDRESSES)
def test_the_first_domain_counts(one: Address, other: Address) -> None:
    found = [parse_domain(a.spell(Spelling()).partition("?")[0]) for a in (one, other)]
    domains = [domain for domain in found if domain]
    url = one.spell(Spelling())
    assert find_own_path(url, domains) == find_own_path(url, domains[:1]) == ("", "")


@given(ADDRESSES, SPELLINGS)
def test_a_domain_is_the_same_in_all_its_spellings(
    address: Address, how: Spelling
) -> None:
    site = replace(address, query=())
    plain = replace(how, end="", tracking="", anchor="")
    domain = parse_domain(site.spell(plain))
    assert domain == parse_domain(site.spell(replace(plain, end="/")))
    assert domain == parse_domain(site.spell(plain).partition("://")[2])
    assert domain is not None
    assert parse_domain(f"{domain.host}{quote(domain.path)}") == domain


@pytest.mark.parametrize(
    ("host", "encoded"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("BÜCHER.example", "xn--BCHER-2pa.example"),
    ],
)
def test_a_host_may_be_written_in_its_own_letters(host: str, encoded: str) -> None:
    # MyST encodes those of links, and nobody encodes those of conf.py.
    urls = [f"https://{name}/straße/a/" for name in (host, encoded)]
    assert normalize_url(urls[0]) == normalize_url(urls[1])
    for name, url in product((host, encoded), urls):
        domain = parse_domain(f"{name}/stra%C3%9Fe")
        assert domain is not None
        assert find_own_path(url, [domain]) == ("a", "")


# Whatever comes -----------------------------------------------------------------------


@given(WILD, st.builds(Domain, host=HOSTS))
def test_no_text_breaks_anything(text: str, domain: Domain) -> None:
    for url in (text, f"https://{text}", f"https://e.org/{text}"):
        assert isinstance(normalize_url(url), str)
        found = find_own_path(url, [domain])
        assert found is None or is_web_address(url)
    parsed = parse_domain(text)
    if parsed is not None:
        assert parsed.host
        assert parsed.path.startswith("/")
        assert parsed.path.endswith("/")


@pytest.mark.parametrize(
    "text",
    [
        *("https://[", "https://]", "https://[::1", "https://e.org:port/", "https://"),
        *("https://www./", "https://.../", "https://e.org:99999/", "https://:80/"),
        f"https://e.org:{'9' * 5000}/",
    ],
)
def test_what_names_no_host_is_no_address(text: str) -> None:
    assert parse_domain(text) is None
    assert find_own_path(text, [Domain(host=""), Domain(host="e.org")]) is None
    assert normalize_url(text) == text


@pytest.mark.parametrize(
    "repeated", ["a", "/", "%41", "&a=b", "#", "?", ".html", "/index", "é", "\ud800"]
)
def test_a_very_long_url_is_an_address_too(repeated: str) -> None:
    url = f"https://e.org/{repeated * (100_000 // len(repeated))}"
    normalize_url(url)
    assert find_own_path(url, [Domain(host="e.org")]) is not None


def test_an_address_of_numbers_keeps_its_port() -> None:
    assert normalize_url("https://[::1]:8080/") != normalize_url("https://[::1:8080]/")
    domain = parse_domain("http://[::1]:8080/docs")
    assert domain is not None
    assert parse_domain(f"{domain.host}{domain.path}") == domain
