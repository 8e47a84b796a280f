"""The registries of a site, checked once for each state they are in."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_leadposts import __version__
from sphinx_leadposts.config import PREFIX
from sphinx_leadposts.model.picture import make_picture
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.registry import (
    ArchiveEntry,
    CallEntry,
    GuideEntry,
    Registries,
    join_location,
)
from sphinx_leadposts.reading.dates import load_zone
from sphinx_leadposts.reading.spelled import spell
from sphinx_leadposts.sphinx_ext.cache import get_cache_folder, write_whole
from sphinx_leadposts.sphinx_ext.warnings import report_beside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_leadposts.config import LeadpostsConfig
    from sphinx_leadposts.model.picture import Picture

#: The values that hold registries, without their prefix.
_KINDS: Final = ("tags", "authors", "guides", "call_to_action")
_Entries = dict[str, dict[str, Any]]


def read_registries(config: Config) -> Registries:
    """Return the registries of ``config``, which have been checked."""
    entries: dict[str, _Entries] = {kind: config[PREFIX + kind] for kind in _KINDS}
    return Registries(
        tags={n: _make_tag(e) for n, e in entries["tags"].items()},
        authors={n: _make_author(n, e) for n, e in entries["authors"].items()},
        guides={name: _make_guide(e) for name, e in entries["guides"].items()},
        calls={
            name: CallEntry(
                title=entry["title"],
                text=entry["text"],
                buttons=tuple(entry["buttons"]),
                location=entry["location"],
            )
            for name, entry in entries["call_to_action"].items()
        },
    )


def forget_registries(values: LeadpostsConfig) -> LeadpostsConfig:
    """Return the values of a site without its registries."""
    return replace(values, tags={}, authors={}, guides={}, call_to_action={})


def _make_tag(entry: dict[str, Any]) -> ArchiveEntry:
    return ArchiveEntry(
        label=entry["label"],
        slug=entry["slug"],
        description=entry["description"],
        aliases=tuple(entry["aliases"]),
        picture=_find_picture(entry),
        parent=entry["parent"],
        is_hidden=entry["hidden"],
        location=entry["location"],
    )


def _make_author(name: str, entry: dict[str, Any]) -> ArchiveEntry:
    return ArchiveEntry(
        label=entry["name"] or name,
        slug=entry["slug"],
        description=entry["bio"],
        aliases=tuple(entry["aliases"]),
        picture=_find_picture(entry),
        url=entry["url"],
        links=tuple(entry["links"].items()),
        location=entry["location"],
    )


def _find_picture(entry: dict[str, Any]) -> Picture | None:
    picture = entry.get("picture")
    return make_picture(picture) if picture else None


def _make_guide(entry: dict[str, Any]) -> GuideEntry:
    return GuideEntry(
        target=entry["target"],
        title=entry["title"],
        description=entry["description"],
        picture=_find_picture(entry),
        tags=tuple(entry["tags"]),
        reviewed=datetime.fromisoformat(day) if (day := entry["reviewed"]) else None,
        location=entry["location"],
    )


def _check_registries(app: Sphinx, config: Config) -> None:
    """Replace each registry by its entries, as plain data; say what is wrong."""
    for kind in _KINDS:
        value = config[PREFIX + kind]
        file = value if isinstance(value, str) else "conf.py"
        entries, problems, lines = _load(app, config, kind)
        if file == "conf.py":
            names = {*entries, *(name for name, _ in problems)}
            lines = _find_lines(Path(app.confdir, file), kind, names)
        for name, text in problems:
            problem = Problem(
                subtype=Subtype.CONFIG,
                message="%s%s: %s%s; it is left out",
                args=(PREFIX, kind, f"{name}: " if name else "", text),
                line=lines.get(name),
            )
            report_beside(problem, Path(app.confdir, file))
        for name, entry in entries.items():
            entry["location"] = join_location(file, lines.get(name, 1))
        config[PREFIX + kind] = entries


def _load(
    app: Sphinx, config: Config, kind: str
) -> tuple[_Entries, list[tuple[str, str]], dict[str, int]]:
    """Return the entries, what is wrong with which, and the line of each."""
    value = config[PREFIX + kind]
    if not value:
        return {}, [], {}
    content: str | None = None
    if isinstance(value, str):
        try:
            content = Path(app.confdir, value).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            return {}, [("", f"the file {value!r} cannot be read ({error})")], {}
    # Kept beside the doctrees: an unchanged registry must not cost loading pydantic.
    zone = config[f"{PREFIX}timezone"]
    recipe = f"{__version__} {kind} {zone} {content or spell(value)!r}"
    digest = hashlib.sha256(recipe.encode()).hexdigest()
    cache = get_cache_folder(app.doctreedir) / f"{kind}.json"
    known = _load_cache(cache, digest)
    if known is not None:
        return known
    found = _validate(kind, content, value, zone)
    write_whole(cache, json.dumps([digest, *found]).encode())
    return found


def _find_lines(conf: Path, kind: str, names: Iterable[str]) -> dict[str, int]:
    """Return the line of ``conf.py`` on which each entry probably stands."""
    try:
        lines = conf.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    value = re.compile(rf"\s*{PREFIX}{kind}\b")
    start = next((n for n, line in enumerate(lines, 1) if value.match(line)), 1)
    found = {}
    for name in names:
        key = re.compile(rf"""(["']){re.escape(name)}\1\s*:""")
        below = enumerate(lines[start - 1 :], start)
        found[name] = next((n for n, line in below if key.search(line)), start)
    return found


def _validate(
    kind: str, content: str | None, value: object, zone: str
) -> tuple[_Entries, list[tuple[str, str]], dict[str, int]]:
    from sphinx_leadposts.reading.registries import (  # noqa: PLC0415 - loads pydantic
        find_entry_lines,
        parse_registry,
        validate_registry,
    )

    if content is None:
        return *validate_registry(kind, spell(value), load_zone(zone)), {}
    try:
        parsed = parse_registry(content)
    except ValueError as error:
        return {}, [("", f"the file {value!r} is no YAML ({error})")], {}
    found = validate_registry(kind, parsed, load_zone(zone))
    return *found, find_entry_lines(content)


def _load_cache(
    path: Path, digest: str
) -> tuple[_Entries, list[tuple[str, str]], dict[str, int]] | None:
    try:
        known, entries, problems, lines = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, TypeError):
        return None
    return (entries, problems, lines) if known == digest else None


def setup_registries(app: Sphinx) -> None:
    """Have the registries checked after the other values."""
    app.connect("config-inited", _check_registries, priority=410)
