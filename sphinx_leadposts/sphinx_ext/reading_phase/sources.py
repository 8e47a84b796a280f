"""The source of the document that is being read, and what its head says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.reading.dates import load_zone
from sphinx_leadposts.reading.scan import digest_text
from sphinx_leadposts.reading.source import Form, Rules, Source
from sphinx_leadposts.reading.spelled import spell
from sphinx_leadposts.sphinx_ext.media import find_document_roots
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import is_generated
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.config import LeadpostsConfig
    from sphinx_leadposts.model.picture import PictureSource
    from sphinx_leadposts.model.problem import Problem
    from sphinx_leadposts.reading.frontmatter import FrontMatter
    from sphinx_leadposts.reading.media import MediaRoots
    from sphinx_leadposts.reading.scan import FreshSource
    from sphinx_leadposts.sphinx_ext.picture_store import StoreDoor

_KEY: Final = "leadposts_source"
_TEXT_KEY: Final = "leadposts_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentSource:
    """What is known of the document between its source and its doctree.

    ``lines`` are those of the source, ``roots`` the folders its pictures may lie in;
    ``inspect`` looks at one.
    """

    source: Source
    form: Form
    lines: tuple[str, ...]
    roots: MediaRoots
    inspect: Callable[[Path], PictureSource]


def get_current_source(env: BuildEnvironment) -> CurrentSource | None:
    """Return what was found at the head of the document that is being read."""
    current: CurrentSource | None = env.current_document.get(_KEY)
    return current


def get_current_text(env: BuildEnvironment) -> str:
    """Return the text of the document that is being read."""
    return str(env.current_document.get(_TEXT_KEY, ""))


def make_rules(config: LeadpostsConfig) -> Rules:
    """Return what makes a document a post on this site."""
    return Rules(
        marker_tags=config.marker_tags,
        post_patterns=config.post_pattern,
        zone=load_zone(config.timezone),
        aliases=config.key_aliases,
        defaults={
            pattern: {name: spell(value) for name, value in values.items()}
            for pattern, values in config.defaults.items()
        },
    )


def find_form(path: Path, config: Config) -> Form:
    """Return how the source at ``path`` is written, by its suffix."""
    if path.suffix == ".ipynb":
        return "notebook"
    kind = config.source_suffix.get(path.suffix)
    return "restructuredtext" if kind == "restructuredtext" else "markdown"


class HeadReader:
    """Reads the heads of sources, with the store of pictures at hand."""

    def __init__(self, door: StoreDoor) -> None:
        self._door = door
        self._fresh: dict[str, FreshSource] = {}

    def expect(self, fresh: Mapping[str, FreshSource]) -> None:
        """Take over what was read of sources before Sphinx reads them."""
        self._fresh = dict(fresh)

    def read(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Read the front matter of a document, and report what is wrong in a post's."""
        form = find_form(Path(app.env.doc2path(docname)), app.config)
        source = self._read_source(app, docname, content[0], form)
        # Mending keeps the lines, and this text is read for its lines only.
        app.env.current_document[_TEXT_KEY] = content[0]
        if source is None:
            return
        for problem in _list_problems(source):
            report(problem, docname)
        if source.is_post and not source.front_matter.is_sound:
            content[0] = _mend(content[0], source.front_matter, form)
        app.env.current_document[_KEY] = CurrentSource(
            source=source,
            form=form,
            lines=tuple(content[0].split("\n")),
            roots=find_document_roots(app, docname),
            inspect=self._door.inspect,
        )

    def _read_source(
        self, app: Sphinx, docname: str, text: str, form: Form
    ) -> Source | None:
        fresh = self._fresh.pop(docname, None)
        # Extensions that were asked before may have changed the text.
        if fresh and fresh.digest == digest_text(text):
            return fresh.source
        # Loaded late, as where sources are scanned.
        from sphinx_leadposts.reading.post import read_source  # noqa: PLC0415

        rules = make_rules(read_config(app.config))
        if is_generated(app.env, docname):
            # What globs say is meant for what authors wrote.
            rules = replace(rules, post_patterns=(), defaults={})
        return read_source(text, docname, rules, form)


def _mend(text: str, front_matter: FrontMatter, form: Form) -> str:
    """Return ``text`` with front matter that MyST can read."""
    # Loaded late: most front matter is sound.
    from sphinx_leadposts.reading.frontmatter import mend_front_matter  # noqa: PLC0415
    from sphinx_leadposts.reading.notebook import mend_notebook  # noqa: PLC0415

    mend = mend_notebook if form == "notebook" else mend_front_matter
    return mend(text, front_matter)


def _list_problems(source: Source) -> Iterable[Problem]:
    if source.is_post:
        return source.problems
    # Other keys of a document that is no post may be meant for others.
    return [p for p in source.problems if p.args[:1] == ("guide_for",)]


def setup_sources(app: Sphinx, door: StoreDoor) -> HeadReader:
    """Have the head of every source read."""
    reader = HeadReader(door)
    app.connect("source-read", reader.read)
    return reader
