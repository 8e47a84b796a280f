"""The description that MyST writes into the head of a page, for posts without another.

https://myst-parser.readthedocs.io/en/latest/configuration.html#setting-html-metadata
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sphinx_leadposts.reading.values import ValueRefusedError, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_leadposts.reading.frontmatter import FrontMatter
    from sphinx_leadposts.reading.spelled import Spelled


def find_html_description(front_matter: FrontMatter) -> tuple[str, int] | None:
    """Return the description in ``html_meta``, and the line of the key it stands under.

    Of several that for all languages, else the first. A number is passed over: as a
    description of ours it would count paragraphs.
    """
    place, metas = _find_metas(front_matter.values)
    for text in _read_descriptions(metas):
        if text and not text.isdecimal():
            return text, front_matter.lines.get(place, 1)
    return None


def _find_metas(
    values: Mapping[str, Spelled],
) -> tuple[str, Mapping[str, Spelled]]:
    """Return the key under which MyST finds ``html_meta``, and what it holds."""
    # The old place goes before the new one (`myst_parser.config.merge_file_level`).
    place = "html_meta" if "html_meta" in values else "myst"
    metas = values.get(place)
    if place == "myst":
        metas = metas.get("html_meta") if isinstance(metas, dict) else None
    return place, metas if isinstance(metas, dict) else {}


def _read_descriptions(metas: Mapping[str, Spelled]) -> Iterator[str]:
    """Yield the descriptions among ``metas``, those without an attribute first.

    A key is what the ``meta`` directive of docutils takes: a name, then attributes.
    """
    found = [(key.split(), value) for key, value in metas.items()]
    for words, value in sorted(found, key=lambda pair: len(pair[0])):
        name = "".join(words[:1]).removeprefix("name=")
        if name.lower() == "description":
            with suppress(ValueRefusedError):
                yield read_text(value)
