"""What other programs read of a site: its addresses, its feeds, its heads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = "https://blog.example.org/"
#: Names of feed items are no addresses: they stay when a post moves.
_NAMES = {"id", "guid"}


def find_file(out: Path, url: str, base: str = BASE) -> Path:
    """Return the file that a static server gives out for an address of the site."""
    path = unquote(url.removeprefix(base).partition("#")[0].partition("?")[0])
    return out / (f"{path}index.html" if not path or path.endswith("/") else path)


def list_urls(path: Path, base: str = BASE) -> Iterator[str]:
    """Yield the absolute addresses of the site that a file names."""
    text = path.read_text("utf-8")
    if path.suffix == ".xml":
        texts = _list_xml_texts(etree.fromstring(text.encode()))
    elif path.suffix == ".json":
        texts = _list_json_texts(json.loads(text))
    else:
        texts = _list_html_texts(BeautifulSoup(text, "html.parser"))
    for found in texts:
        yield from _split(found, base)


def _split(text: str, base: str) -> Iterator[str]:
    if "<" in text:
        for inner in _list_html_texts(BeautifulSoup(text, "html.parser")):
            yield from _split(inner, base)
        return
    # A ``srcset`` has several; a sitemap's or a refresh's is one.
    for part in re.split(r"[\s,]+", text.replace("url=", " ")):
        if part.startswith(base.rstrip("/")):
            yield part


def _list_xml_texts(root: Any) -> Iterator[str]:
    for element in root.iter():
        name = etree.QName(element).localname
        yield from element.attrib.values()
        if name not in _NAMES and element.text:
            yield element.text


def _list_json_texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _list_json_texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _list_json_texts(inner, key)
    elif isinstance(value, str) and key != "id":
        # ``@id`` may be the name of a part of a page.
        yield value


def _list_html_texts(page: BeautifulSoup) -> Iterator[str]:
    for element in page.find_all(True):
        if element.name == "script":
            if element.get("type") == "application/ld+json":
                yield from _list_json_texts(json.loads(element.string))
            continue
        for value in element.attrs.values():
            yield from value if isinstance(value, list) else [value]


def read_head(path: Path) -> dict[str, list[str]]:
    """Return what the head of a page says, by the key of each meta and link."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    found: dict[str, list[str]] = {}
    for meta in page.select("head meta[content]"):
        key = meta.get("property") or meta.get("name")
        if key:
            found.setdefault(key, []).append(meta["content"])
    for link in page.select("head link[rel]"):
        found.setdefault(" ".join(link["rel"]), []).append(link.get("href", ""))
    return found


def read_structured_data(path: Path) -> list[dict[str, Any]]:
    """Return the things that a page describes."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    scripts = page.select('script[type="application/ld+json"]')
    return [thing for s in scripts for thing in json.loads(s.string)["@graph"]]
