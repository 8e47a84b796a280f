"""Redirects: pages at old addresses that lead readers to where a post stands now."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from sphinx_leadposts.publishing.characters import replace_unfit
from sphinx_leadposts.publishing.site_data import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_INDEX: Final = "index.html"
_PAGE_SUFFIXES: Final = (".html", ".htm")
_ADVICE: Final = "write a path from the root of the site, such as '/old/post/'"
#: A drive of Windows is one letter, and looks like a scheme.
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: What no file on Windows can be called: signs, and names of devices, which mean the
#: device whatever their suffix is.
#: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_FORBIDDEN: Final = '<>:"|?*\\'
_DEVICE: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)
#: Control characters, halves of surrogate pairs, and ends of lines and paragraphs.
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TEMPLATE: Final = re.compile(r"\{[{%]")
#: In bytes of UTF-8: what a name may have, and a path below the output folder.
_LONGEST_PART: Final = 255
_LONGEST_PATH: Final = 1000

#: What stands in a URL as it is (RFC 3986), also the percent sign of what is encoded.
#: Not the apostrophe: a refresh takes one that begins its URL for a quotation mark.
_URL_SIGNS: Final = "-._~:/?#[]@!$&()*+,;=%"
#: What every redirect begins with, but for its language.
_HEAD: Final = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="generator" content="sphinx-leadposts">
<meta name="robots" content="noindex">
"""
_BEGINNING: Final = re.compile(
    _HEAD.format(language=r'[^"\r\n]*').replace("\n", r"\r?\n")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A document says that ``path``, as its author wrote it, is to lead to it."""

    path: str
    docname: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim on ``file`` that lost to one of the document ``winner``."""

    path: str
    file: str
    docname: str
    winner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A claim on what is no address of this site; ``reason`` says what to write."""

    path: str
    docname: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What comes of claims: the docname that each file leads to, and what was lost."""

    files: Mapping[str, str]
    disputes: tuple[Dispute, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def read_old_path(path: str) -> str:
    """Return the file that a static web server gives out for ``path``.

    ``path`` is what an author wrote: from the root of the site, decoded or
    percent-encoded, with a slash at either end or without. The file is relative to the
    output folder, parted by slashes. A last part that does not end as a page is a
    folder.

    :raises ValueError: ``path`` is no path of this site, or one for which not every
        system can have a file; the message says what to write.
    """
    cited, address = _cite(path), path.strip()
    if address.startswith("//") or _SCHEME.match(address):
        raise ValueError(f"{cited} is a URL, or names a drive; {_ADVICE}")
    try:
        # A server of files takes no notice of what is asked of them.
        decoded = unquote(re.split("[?#]", address)[0], errors="strict")
    except UnicodeDecodeError:
        raise ValueError(f"{cited} is not encoded as UTF-8; {_ADVICE}") from None
    # Servers take several slashes for one.
    parts = [part for part in decoded.split("/") if part]
    if not parts:
        raise ValueError(f"{cited} names no page below the root; {_ADVICE}")
    for part in parts:
        if fault := _find_fault(part):
            raise ValueError(f"{_cite(part)} in {cited} {fault}; {_ADVICE}")
    folders = parts if decoded.endswith("/") else parts[:-1]
    if any(part.lower().endswith(_PAGE_SUFFIXES) for part in folders):
        # A folder of that name would be in the way of the page.
        raise ValueError(f"{cited} goes on behind the name of a page; {_ADVICE}")
    if not parts[-1].lower().endswith(_PAGE_SUFFIXES):
        parts.append(_INDEX)
    file = "/".join(parts)
    if len(file.encode()) > _LONGEST_PATH:
        raise ValueError(f"{cited} is longer than {_LONGEST_PATH} bytes; {_ADVICE}")
    if parts[0].casefold() == FILE_NAME:
        raise ValueError(f"{cited} is where the data of the blog is; {_ADVICE}")
    return file


def make_address(file: str) -> str:
    """Return the URL, relative to the root, at which a server gives out ``file``.

    ``file`` is what `read_old_path` returns, also for this URL.
    """
    folder = file.removesuffix(f"/{_INDEX}")
    return quote(file) if folder == file else f"{quote(folder)}/"


def settle_redirects(claims: Iterable[Claim]) -> Settlement:
    """Say where each old address leads; of two claims on one, the first wins.

    ``claims`` come in the order of precedence. Files whose names differ only in case,
    or in how accents are encoded, are one on Windows and macOS, so only one document
    can have them.
    """
    files: dict[str, str] = {}
    owners: dict[str, str] = {}
    disputes: list[Dispute] = []
    refusals: list[Refusal] = []
    for claim in claims:
        path, docname = claim.path, claim.docname
        try:
            file = read_old_path(path)
        except ValueError as error:
            refusals.append(Refusal(path=path, docname=docname, reason=str(error)))
            continue
        winner = owners.setdefault(_fold(file), docname)
        if winner == docname:
            files[file] = docname
            continue
        disputes.append(Dispute(path=path, file=file, docname=docname, winner=winner))
    return Settlement(files=files, disputes=tuple(disputes), refusals=tuple(refusals))


def write_redirect(to: str, *, title: str, language: str, canonical: str = "") -> str:
    """Return the HTML of a page that leads to the URL ``to``.

    ``to`` may be relative to the page, and is encoded; ``canonical`` is absolute, or
    empty. ``title`` is that of the page there, in ``language``, a BCP 47 tag: it is all
    that readers see, so no word needs to be translated. A refresh is what a page can do
    without a server: https://html.spec.whatwg.org/#attr-meta-http-equiv-refresh
    """
    target = escape(_clean_url(to))
    text = escape(_clean_text(title)) or target
    link = f'<link rel="canonical" href="{escape(_clean_url(canonical))}">\n'
    return (
        f"{_HEAD.format(language=escape(_clean_text(language)))}"
        f"<title>{text}</title>\n"
        f"{link if canonical else ''}"
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "</head>\n<body>\n"
        f'<p><a href="{target}">{text}</a></p>\n'
        "</body>\n</html>\n"
    )


def is_redirect(text: str) -> bool:
    """Tell whether ``text``, a file or its beginning, is a page of `write_redirect`."""
    return _BEGINNING.match(text) is not None


def _find_fault(part: str) -> str:
    """Return what is wrong with ``part`` of a path, empty where nothing is."""
    categories = {unicodedata.category(sign) for sign in part}
    size = len(part.encode(errors="surrogatepass"))
    faults = {
        "begins with a dot": part.startswith("."),
        "begins or ends with a space": part != part.strip(),
        "ends with a dot": part.endswith("."),
        "holds a template of another generator": _TEMPLATE.search(part),
        "holds a control character": categories & _UNPRINTABLE,
        f"holds one of {_FORBIDDEN}": not {*_FORBIDDEN}.isdisjoint(part),
        "is a device on Windows": _DEVICE.fullmatch(part),
        f"is longer than {_LONGEST_PART} bytes": size > _LONGEST_PART,
    }
    return next((fault for fault, is_so in faults.items() if is_so), "")


def _cite(text: str) -> str:
    """Return ``text`` as a message shows it: on one line, and not too long."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def _fold(file: str) -> str:
    """Return what ``file`` has in common with other names of the same file.

    Canonical caseless matching, section 3.13 of the Unicode Standard.
    """
    folded = unicodedata.normalize("NFD", file).casefold()
    return unicodedata.normalize("NFD", folded)


def _clean_url(url: str) -> str:
    """Return ``url`` with all that may not stand in one encoded."""
    return quote(url, safe=_URL_SIGNS, errors="surrogatepass")


def _clean_text(text: str) -> str:
    """Return ``text`` on one line, without what HTML does not take for a character."""
    # Not at any space: those that do not break are meant.
    words = re.split(r"[ \t\r\n]", replace_unfit(text, " "))
    return " ".join(filter(None, words))
