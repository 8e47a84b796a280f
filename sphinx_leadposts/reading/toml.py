"""Front matter in TOML, as Hugo and Zola write it between ``+++``."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.reading.rescue import TOP_TABLES
from sphinx_leadposts.reading.spelled import spell

if TYPE_CHECKING:
    from sphinx_leadposts.reading.spelled import Spelled

_LINE: Final = re.compile(r"at line (\d+)")
_PLACE: Final = re.compile(r" \(at [^)]*\)")


class TomlError(ValueError):
    """A block that is no TOML; ``line`` counts from 0."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_toml(content: str) -> dict[str, Spelled]:
    """Return the keys of ``content`` with their values as spelled.

    Keys of the tables ``taxonomies``, ``extra`` and ``params`` count as if they stood
    at the top, where no key of their name does.

    :raises TomlError: where it cannot be parsed.
    """
    try:
        values = tomllib.loads(content.replace("\r\n", "\n"), parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        where = _LINE.search(str(error))
        # The line within the block would mislead: the warning names that of the file.
        why = _PLACE.sub("", str(error))
        raise TomlError(why, int(where[1]) - 1 if where else 0) from error
    spelled = {name: spell(value) for name, value in values.items()}
    for table in TOP_TABLES:
        inner = spelled.get(table)
        if isinstance(inner, dict):
            del spelled[table]
            spelled = {**inner, **spelled}
    return spelled
