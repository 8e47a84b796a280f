"""What a site says of its tags, authors and guides beside what posts say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sphinx_leadposts.model.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class TagEntry:
    """What the registry says of a tag; empty where it says nothing."""

    label: str = ""
    slug: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorEntry:
    """What the registry says of an author; ``name`` is what readers see."""

    name: str
    url: str = ""
    image: str = ""
    bio: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Registries:
    """The registries of a site, by the names that posts use.

    ``calls`` are by tag; the one called ``*`` is for posts of any tag.
    """

    tags: Mapping[str, TagEntry] = field(default_factory=dict)
    authors: Mapping[str, AuthorEntry] = field(default_factory=dict)
    guides: Mapping[str, GuideEntry] = field(default_factory=dict)
    calls: Mapping[str, CallEntry] = field(default_factory=dict)
