"""What a site says of its tags, authors and guides beside what posts say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sphinx_leadposts.model.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    """What the registry says of a tag or an author; empty where it says nothing.

    ``label`` is what readers see. ``parent`` is the name of a wider tag; a tag that
    ``is_hidden`` is for queries only. ``url`` is the own place of an author, and
    ``links`` (label, URL) lead to others. ``location`` says where the entry stands,
    for messages: a file beside ``conf.py``, and its line.
    """

    label: str = ""
    slug: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    picture: Picture | None = None
    parent: str = ""
    is_hidden: bool = False
    url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideEntry:
    """What the registry says of a guide; empty where it says nothing.

    ``target`` is a docname, the name of a post, or a URL; ``reviewed`` an aware moment
    at which somebody last made sure that the guide still holds. ``location`` says
    where the entry stands, for messages: a file beside ``conf.py``, and its line.
    """

    target: str
    title: str = ""
    description: str = ""
    picture: Picture | None = None
    tags: tuple[str, ...] = ()
    reviewed: datetime | None = None
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """A call to action: ``buttons`` are names of targets, or ``text <name>``."""

    title: str = ""
    text: str = ""
    buttons: tuple[str, ...] = ()
    location: str = ""


def join_location(file: str, line: int) -> str:
    """Return where an entry stands, as one text: the registries are plain data."""
    return f"{file}:{line}"


def split_location(location: str) -> tuple[str, int]:
    """Return the file and the line of which :func:`join_location` made one text."""
    # From the end: the name of a file may hold a colon.
    file, _, line = location.rpartition(":")
    return file, int(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registries:
    """The registries of a site, by the names that posts use.

    ``calls`` are by tag; the one called ``*`` is for posts of any tag.
    """

    tags: Mapping[str, ArchiveEntry] = field(default_factory=dict)
    authors: Mapping[str, ArchiveEntry] = field(default_factory=dict)
    guides: Mapping[str, GuideEntry] = field(default_factory=dict)
    calls: Mapping[str, CallEntry] = field(default_factory=dict)
