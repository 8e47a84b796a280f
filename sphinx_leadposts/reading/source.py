"""What is asked of a source file, and what is read of it.

Apart from the reading itself, which builds without changes need not load.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from sphinx_leadposts.model.problem import Problem
    from sphinx_leadposts.reading.frontmatter import FrontMatter
    from sphinx_leadposts.reading.schema import Fields
    from sphinx_leadposts.reading.spelled import Spelled

#: How a source is written: where its head stands, and how.
Form = Literal["markdown", "restructuredtext", "notebook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What makes a document a post, from the configuration.

    ``aliases`` are further names of keys (foreign to ours), ``defaults`` values for
    keys that a post does not have, by glob.
    """

    marker_tags: tuple[str, ...] = ("post",)
    post_patterns: tuple[str, ...] = ()
    zone: tzinfo
    aliases: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Mapping[str, Spelled]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source file, read: a post or not, and what its front matter says.

    ``tags`` are without marker tags; ``date`` may come from the file name.
    """

    is_post: bool
    fields: Fields
    tags: tuple[str, ...]
    date: datetime | None
    front_matter: FrontMatter
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
