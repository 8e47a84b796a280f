"""A post's doctree gets the shape of a page: title, header, body.

All of it happens in one early transform, before Sphinx collects titles and pictures.
Nothing is put into the source text, so line numbers stay, and a title is never parsed.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_leadposts.model.listing import HeaderPart
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.nodes import make_placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import is_generated
from sphinx_leadposts.sphinx_ext.reading_phase.pictures import PicturePlacer
from sphinx_leadposts.sphinx_ext.reading_phase.sources import (
    CurrentSource,
    get_current_source,
)
from sphinx_leadposts.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from typing import ClassVar

    from sphinx.application import Sphinx


class PostShaper(SphinxTransform):
    """Give posts and generated pages their title; give posts a header."""

    # Before docutils judges transitions (830) and Sphinx translates titles (20).
    default_priority: ClassVar[int] = 10

    def apply(self, **kwargs: object) -> None:
        """Shape the document, if it is ours to shape."""
        current = get_current_source(self.env)
        if current is None:
            return
        if is_generated(self.env, self.env.docname):
            text = current.source.fields.title
            raw = _name_label(self.env.docname)
            # With a raw source, gettext would take it for a text of the author's.
            title = nodes.title(raw, "", nodes.Text(text), translatable=False)
            _wrap_body(self.document, title)
        elif current.source.is_post:
            self._shape_post(current)
        elif current.source.fields.image is not None:
            PicturePlacer(self.env, self.document, current).choose_for_cards()

    def _shape_post(self, current: CurrentSource) -> None:
        _drop_closing_transition(self.document)
        section = self._find_made_heading(current)
        if section is None:
            section = _find_first_heading(self.document, current)
        if section is None:
            section = _wrap_body(self.document, self._make_title(current))
        PicturePlacer(self.env, self.document, current).place_in_post(section)
        section.insert(1, make_placeholder(HeaderPart(), self.env.docname))

    def _find_made_heading(self, current: CurrentSource) -> nodes.section | None:
        """Return the section that MyST makes of a title (``myst_title_to_header``).

        MyST reads the title as markup and does not look for a heading in the body:
        here it becomes text, and gives way to a heading of the body.
        """
        document, length = self.document, current.source.front_matter.length
        made = next(iter(document.findall(nodes.section)), None)
        if made is None or (made.line or 1) > length:
            return None
        if len(made) == 1 and made.parent is document:
            document.remove(made)
            if _find_first_heading(document, current) is not None:
                return None
            document.insert(_find_body(document), made)
        made.replace(made[0], self._make_title(current))
        return made

    def _make_title(self, current: CurrentSource) -> nodes.title:
        text = current.source.fields.title
        line = current.source.lines.get("title", 1)
        if not text:
            name = posixpath.basename(self.env.docname).replace("-", " ")
            text = name[:1].upper() + name[1:]
            problem = Problem(
                subtype=Subtype.TITLE,
                message="the post has no title; it is listed as %r. "
                "Write 'title: …' into its front matter",
                args=(text,),
                line=line,
            )
            report(problem, self.env.docname)
        # With its raw source, gettext takes it for a text of the author's.
        title = nodes.title(text, "", nodes.Text(text))
        title.source, title.line = str(self.document["source"]), line
        return title


def _name_label(docname: str) -> str:
    """Return the raw source of the title of a generated page.

    sphinx.ext.autosectionlabel makes a label of it: of none, it would make the same for
    all pages; of the title, one that takes the place of an author's.
    """
    return f"leadposts:{docname}"


def _drop_label(app: Sphinx, doctree: nodes.document) -> None:
    """Drop the label of a generated page, which nobody wrote."""
    docname = app.env.current_document.docname
    if not is_generated(app.env, docname):
        return
    domain, name = app.env.domains.standard_domain, _name_label(docname)
    # The second is that of autosectionlabel_prefix_document.
    for label in (name, f"{docname}:{name}"):
        normal = nodes.fully_normalize_name(label)
        domain.labels.pop(normal, None)
        domain.anonlabels.pop(normal, None)


def _wrap_body(document: nodes.document, title: nodes.title) -> nodes.section:
    """Put the body into a section under ``title``; docinfo stays before it."""
    # Smart quotes would make the heading differ from the title on cards.
    title["support_smartquotes"] = False
    start = _find_body(document)
    body = document.children[start:]
    del document[start:]
    section = nodes.section("", title, *body)
    section["names"].append(nodes.fully_normalize_name(title.astext()))
    section.source, section.line = title.source, title.line
    document += section
    document.note_implicit_target(section, section)
    return section


def _find_body(document: nodes.document) -> int:
    """Return the place behind the docinfo, which MyST puts behind ``html_meta``."""
    for place, node in enumerate(document.children):
        if isinstance(node, nodes.field_list):
            return place + 1
        if not isinstance(node, nodes.PreBibliographic):
            break
    return 0


def _find_first_heading(
    document: nodes.document, current: CurrentSource
) -> nodes.section | None:
    """Return the section of the first heading, if that is of the first level.

    A doctree does not keep levels: a body that begins with ``###`` has the same tree
    as one that begins with ``#``. The source line has the difference.
    """
    sections = [n for n in document.children if isinstance(n, nodes.section)]
    if not sections:
        return None
    section, lines = sections[0], current.lines
    if current.form != "markdown":
        # reStructuredText has no levels, and a notebook's lines are those of cells:
        # one heading above all others is the title, several are parts.
        is_title = len(sections) == 1 or not current.source.fields.title
        return section if is_title else None
    number = section.line
    line = lines[number - 1].strip() if number and number <= len(lines) else ""
    if line.startswith("#"):
        return None if line.startswith("##") else section
    below = lines[number].strip() if number and number < len(lines) else ""
    return None if below.startswith("-") else section


def _drop_closing_transition(document: nodes.document) -> None:
    """Drop rules that end the body, which docutils would call an error."""
    while True:
        last: nodes.Node = document
        while last.children and not isinstance(last, nodes.TextElement):
            last = last.children[-1]
        if not isinstance(last, nodes.transition):
            return
        last.parent.remove(last)


def setup_shaping(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(PostShaper)
    # After sphinx.ext.autosectionlabel.
    app.connect("doctree-read", _drop_label, priority=900)
