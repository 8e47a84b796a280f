"""What the author has asked for in the document that is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.environment import BuildEnvironment

_KEY: Final = "leadposts_asked"


def note_asked(env: BuildEnvironment, kind: type) -> None:
    """Take notice that a directive shows a part of this kind."""
    env.current_document[_KEY] = {*list_asked(env), kind}


def list_asked(env: BuildEnvironment) -> Set[type]:
    """Return the kinds of parts that directives show."""
    asked: Set[type] | None = env.current_document.get(_KEY)
    return asked or frozenset()
