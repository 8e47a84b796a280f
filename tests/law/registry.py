"""What the site of a blog says of guides, tags and authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """An entry in the registry of guides."""

    target: str
    title: str = ""
    description: str = ""
    picture: str = ""
    tags: tuple[str, ...] = ()
    reviewed: str = ""

    def describe(self) -> Mapping[str, object]:
        """Return the fields of the entry."""
        return _drop_empty(
            {
                "target": self.target,
                "title": self.title,
                "description": self.description,
                "image": _locate_picture(self.picture),
                "tags": self.tags,
                "reviewed": self.reviewed,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An entry in the registry of tags; ``alias`` is another spelling, or none."""

    label: str = ""
    description: str = ""
    alias: str = ""
    parent: str = ""
    is_hidden: bool = False
    picture: str = ""

    def describe(self) -> Mapping[str, object]:
        """Return the fields of the entry."""
        return _drop_empty(
            {
                "label": self.label,
                "description": self.description,
                "aliases": [self.alias] if self.alias else [],
                "parent": self.parent,
                "hidden": self.is_hidden,
                "image": _locate_picture(self.picture),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """An entry in the registry of authors."""

    name: str = ""
    url: str = ""
    bio: str = ""

    def describe(self) -> Mapping[str, object]:
        """Return the fields of the entry."""
        return _drop_empty({"name": self.name, "url": self.url, "bio": self.bio})


def _locate_picture(name: str) -> str:
    return f"/media/{name}.png" if name else ""


def _drop_empty(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}
