"""A post's doctree gets the shape of a page: title, header, body, footer.

All of it happens in one early transform, before Sphinx collects titles and pictures.
Nothing is put into the source text, so line numbers stay, and a title is never parsed.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinx_leadposts.config import read_config
from sphinx_leadposts.model.part import HeaderPart, ReadingPart
from sphinx_leadposts.model.post import Picture
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.media import PictureNotFoundError, find_picture, is_url
from sphinx_leadposts.sphinx_ext.held_back import get_held_back
from sphinx_leadposts.sphinx_ext.nodes import make_placeholder, placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import BlogProject
from sphinx_leadposts.sphinx_ext.reading_phase.sources import (
    CurrentSource,
    get_current_source,
)
from sphinx_leadposts.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from typing import ClassVar

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.reading.schema import PictureChoice

_PICTURE_KEY: Final = "leadposts_picture"
_SHAPE_KEY: Final = "leadposts_shape"


def get_current_picture(env: BuildEnvironment) -> Picture | None:
    """Return the header picture of the document that is being read."""
    picture: Picture | None = env.current_document.get(_PICTURE_KEY)
    return picture


def get_current_shape(env: BuildEnvironment) -> str:
    """Return what was made of the document because of other files than its source."""
    shape: str | None = env.current_document.get(_SHAPE_KEY)
    return shape or ""


class PostShaper(SphinxTransform):
    """Give posts and generated pages their title; give posts header and footer."""

    # Before docutils judges transitions (830) and Sphinx translates titles (20).
    default_priority: ClassVar[int] = 10

    def apply(self, **kwargs: object) -> None:
        """Shape the document, if it is ours to shape."""
        current = get_current_source(self.env)
        project = self.env.project
        docname = self.env.docname
        if current is None or not isinstance(project, BlogProject):
            return
        if docname in project.generated:
            title = nodes.title("", "", nodes.Text(current.source.fields.title))
            _wrap_body(self.document, title)
        elif current.source.is_post:
            self._shape_post(current)

    def _shape_post(self, current: CurrentSource) -> None:
        _drop_closing_transition(self.document)
        section = self._find_made_heading(current)
        if section is None:
            section = _find_first_heading(self.document, current)
        if section is None:
            section = _wrap_body(self.document, self._make_title(current))
        self._place_pictures(section, current)
        docname = self.env.docname
        section.insert(1, make_placeholder(HeaderPart(), docname))
        if "further-reading" in read_config(self.config).footer:
            self._place_guides(section, current)

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
            document.insert(int(isinstance(document[0], nodes.field_list)), made)
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

    # Pictures ------------------------------------------------------------------------

    def _place_pictures(self, section: nodes.section, current: CurrentSource) -> None:
        folder = Path(self.env.doc2path(self.env.docname)).parent
        self._find_body_pictures(folder, current)
        choice = current.source.fields.image
        if choice is not None and choice.src.isdecimal():
            choice = self._choose_body_picture(section, choice, current)
        if choice is None:
            return
        line = current.source.lines.get("image", 1)
        alt = choice.alt if choice.alt is not None else current.source.fields.image_alt
        picture, file = self._load_picture(choice.src, folder, current, line)
        leading = _find_leading_picture(section)
        if picture is None:
            return
        if leading is not None and self._is_same(leading[1], picture, file):
            block, image = leading
            alt = alt or image.get("alt", "")
            block.parent.remove(block)
            self.env.current_document[_SHAPE_KEY] = "picture shown once"
        self.env.current_document[_PICTURE_KEY] = replace(
            picture,
            alt=alt,
            caption=choice.caption,
            credit=choice.credit,
            focus=choice.focus,
        )

    def _choose_body_picture(
        self, section: nodes.section, choice: PictureChoice, current: CurrentSource
    ) -> PictureChoice | None:
        """Return the n-th picture of the body in place of the number n."""
        number = int(choice.src)
        images = list(section.findall(nodes.image))
        if 0 < number <= len(images):
            image = images[number - 1]
            alt = choice.alt if choice.alt is not None else image.get("alt", "")
            return choice.model_copy(update={"src": image["uri"], "alt": alt})
        problem = Problem(
            subtype=Subtype.IMAGE,
            message="the body has %d pictures, so there is no picture %d; give the "
            "path of a picture",
            args=(len(images), number),
            line=current.source.lines.get("image", 1),
        )
        report(problem, self.env.docname)
        return None

    def _load_picture(
        self, src: str, folder: Path, current: CurrentSource, line: int
    ) -> tuple[Picture | None, Path | None]:
        if is_url(src):
            return Picture(path=src), None
        # Loaded late: a build in which nothing is read must not pay for Pillow.
        from sphinx_leadposts.imaging.source import (  # noqa: PLC0415
            PictureUnreadableError,
            inspect_picture,
        )

        try:
            file = find_picture(src, folder, current.roots)
            self.env.note_dependency(file)
            found = inspect_picture(file)
        except (PictureNotFoundError, PictureUnreadableError) as error:
            message = "%s; the post is shown without it. Check 'image'"
            problem = Problem(
                subtype=Subtype.IMAGE, message=message, args=(error,), line=line
            )
            report(problem, self.env.docname)
            # Sphinx reads a document again while a file that it depends on is missing.
            self.env.note_dependency(Path(self.env.srcdir, src.lstrip("/")))
            return None, None
        picture = Picture(
            path=_relate(file, Path(self.env.srcdir)),
            name=found.name,
            width=found.width,
            height=found.height,
            mimetype=found.mimetype,
        )
        return picture, file

    def _is_same(self, image: nodes.image, picture: Picture, file: Path | None) -> bool:
        """Tell whether a picture of the body is the header picture once more."""
        uri = image["uri"]
        if file is None:
            return bool(uri == picture.path)
        if is_url(uri):
            return False
        _, path = self.env.relfn2path(uri, self.env.docname)
        body_file = Path(path)
        if body_file == file or not body_file.is_file():
            return body_file == file
        from sphinx_leadposts.imaging.source import hash_file  # noqa: PLC0415

        # Its bytes decide what the page holds, so the page depends on them.
        self.env.note_dependency(body_file)
        return hash_file(body_file) == hash_file(file)

    def _find_body_pictures(self, folder: Path, current: CurrentSource) -> None:
        """Let Sphinx find pictures of the body where only we look."""
        for image in self.document.findall(nodes.image):
            uri = image.get("uri", "")
            if not uri.startswith("/") or is_url(uri):
                continue
            try:
                file = find_picture(uri, folder, current.roots)
            except PictureNotFoundError:
                continue
            if not file.is_relative_to(current.roots.source.resolve()) or (
                not Path(current.roots.source, uri.lstrip("/")).exists()
            ):
                image["uri"] = "/" + _relate(file, Path(self.env.srcdir))

    # Footer --------------------------------------------------------------------------

    def _place_guides(self, section: nodes.section, current: CurrentSource) -> None:
        guides = current.source.fields.guides
        if not guides:
            return
        line = current.source.lines.get("guides", 1)
        items = nodes.bullet_list()
        targets: list[str | None] = []
        for guide in guides:
            link, target = self._link_guide(guide, line)
            if link is not None:
                items += nodes.list_item("", nodes.paragraph("", "", link))
                targets.append(target)
        if not targets:
            return
        part = ReadingPart(targets=tuple(targets))
        footer = make_placeholder(part, self.env.docname)
        footer += items
        section += footer

    def _link_guide(
        self, guide: str, line: int
    ) -> tuple[nodes.Element | None, str | None]:
        if guide.startswith(("http://", "https://")):
            return nodes.reference("", guide, refuri=guide), None
        docname = guide.strip("/").removesuffix(".md").removesuffix(".rst")
        is_held_back = docname in get_held_back(self.env)
        if docname not in self.env.found_docs and not is_held_back:
            problem = Problem(
                subtype=Subtype.GUIDE,
                message="there is no document %r to lead readers to; give the path of "
                "a document without its suffix, or a URL",
                args=(guide,),
                line=line,
            )
            report(problem, self.env.docname)
            return None, None
        return link_document(self.env.docname, docname, self.document, line), docname


def link_document(
    source: str, target: str, document: nodes.document, line: int
) -> addnodes.pending_xref:
    """Return a link to the document ``target`` that shows its title."""
    link = addnodes.pending_xref(
        "",
        nodes.inline("", ""),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{target}",
        refdoc=source,
        refexplicit=False,
        refwarn=True,
    )
    link.source, link.line = str(document["source"]), line
    return link


def _relate(file: Path, srcdir: Path) -> str:
    """Return ``file`` relative to the source folder; it may lie beside it."""
    return posixpath.relpath(file.as_posix(), srcdir.resolve().as_posix())


def _wrap_body(document: nodes.document, title: nodes.title) -> nodes.section:
    """Put the body into a section under ``title``; docinfo stays before it."""
    # Smart quotes would make the heading differ from the title on cards.
    title["support_smartquotes"] = False
    start = int(bool(document.children) and isinstance(document[0], nodes.field_list))
    body = document.children[start:]
    del document[start:]
    section = nodes.section("", title, *body)
    section["names"].append(nodes.fully_normalize_name(title.astext()))
    section.source, section.line = title.source, title.line
    document += section
    document.note_implicit_target(section, section)
    return section


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


def _find_leading_picture(
    section: nodes.section,
) -> tuple[nodes.Element, nodes.image] | None:
    """Return the picture that opens the body, with the block it stands in."""
    for child in section.children[1:]:
        if isinstance(child, nodes.comment | placeholder | nodes.target):
            continue
        if isinstance(child, nodes.image):
            return child, child
        if isinstance(child, nodes.paragraph | nodes.figure):
            images = list(child.findall(nodes.image))
            text = child.astext().strip() if isinstance(child, nodes.paragraph) else ""
            if len(images) == 1 and text in {"", images[0].get("alt", "")}:
                return child, images[0]
        return None
    return None


def setup_shaping(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(PostShaper)
