"""The registries of a site, checked once for each state they are in."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from sphinx_leadposts import __version__
from sphinx_leadposts.config import PREFIX
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.model.registry import AuthorEntry, Registries, TagEntry
from sphinx_leadposts.reading.spelled import spell

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

_KINDS: Final = ("tags", "authors")


def read_registries(config: Config) -> Registries:
    """Return the registries of ``config``, which have been checked."""
    tags: dict[str, dict[str, Any]] = config[f"{PREFIX}tags"]
    authors: dict[str, dict[str, Any]] = config[f"{PREFIX}authors"]
    return Registries(
        tags={
            name: TagEntry(**{**entry, "aliases": tuple(entry["aliases"])})
            for name, entry in tags.items()
        },
        authors={
            name: AuthorEntry(**{**entry, "name": entry["name"] or name})
            for name, entry in authors.items()
        },
    )


def _check_registries(app: Sphinx, config: Config) -> None:
    """Replace each registry by its entries, as plain data; say what is wrong."""
    for kind in _KINDS:
        entries, problems = _load(app, config, kind)
        for problem in problems:
            logger.warning(
                "%s%s: %s; it is left out",
                PREFIX,
                kind,
                problem,
                type="leadposts",
                subtype=Subtype.CONFIG.value,
            )
        config[PREFIX + kind] = entries


def _load(
    app: Sphinx, config: Config, kind: str
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    value = config[PREFIX + kind]
    if not value:
        return {}, []
    content: str | None = None
    if isinstance(value, str):
        try:
            content = Path(app.confdir, value).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            return {}, [f"the file {value!r} cannot be read ({error})"]
    # Kept beside the doctrees: an unchanged registry must not cost loading pydantic.
    recipe = f"{__version__} {kind} {content or spell(value)!r}"
    digest = hashlib.sha256(recipe.encode()).hexdigest()
    cache = Path(app.doctreedir, "leadposts", f"{kind}.json")
    known = _load_cache(cache, digest)
    if known is not None:
        return known
    found = _validate(kind, content, value)
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text(json.dumps([digest, *found]), "utf-8")
    return found


def _validate(
    kind: str, content: str | None, value: object
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    from sphinx_leadposts.reading.registries import (  # noqa: PLC0415 - loads pydantic
        parse_registry,
        validate_registry,
    )

    if content is None:
        return validate_registry(kind, spell(value))
    try:
        return validate_registry(kind, parse_registry(content))
    except ValueError as error:
        return {}, [f"the file {value!r} is no YAML ({error})"]


def _load_cache(
    path: Path, digest: str
) -> tuple[dict[str, dict[str, Any]], list[str]] | None:
    try:
        known, entries, problems = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return (entries, problems) if known == digest else None


def setup_registries(app: Sphinx) -> None:
    """Have the registries checked after the other values."""
    app.connect("config-inited", _check_registries, priority=410)
