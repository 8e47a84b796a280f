"""What a site says of its tags and authors beside what posts say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
class Registries:
    """The registries of a site, by the names that posts use."""

    tags: Mapping[str, TagEntry] = field(default_factory=dict)
    authors: Mapping[str, AuthorEntry] = field(default_factory=dict)
