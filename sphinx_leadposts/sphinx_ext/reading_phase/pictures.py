"""The pictures of a document: which is its own, and which of the body it repeats."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from docutils import nodes

from sphinx_leadposts.imaging.picture import PictureUnreadableError
from sphinx_leadposts.model.picture import Picture
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.media import PictureNotFoundError, find_picture, is_url
from sphinx_leadposts.sphinx_ext.media import relate
from sphinx_leadposts.sphinx_ext.nodes import placeholder
from sphinx_leadposts.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.reading.field_types import PictureChoice
    from sphinx_leadposts.sphinx_ext.reading_phase.sources import CurrentSource

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


class PicturePlacer:
    """Finds the pictures of the document that is being read."""

    def __init__(
        self, env: BuildEnvironment, document: nodes.document, current: CurrentSource
    ) -> None:
        self._env = env
        self._document = document
        self._current = current
        self._folder = Path(env.doc2path(env.docname)).parent

    def place_in_post(self, section: nodes.section) -> None:
        """Choose the picture of a post, and show it once if its body opens with it."""
        self._find_body_pictures()
        chosen = self._choose(section)
        if chosen is None:
            return
        picture, file = chosen
        leading = _find_leading_picture(section)
        if leading is not None and self._is_same(leading[1], picture, file):
            block, image = leading
            picture = replace(picture, alt=picture.alt or image.get("alt", ""))
            block.parent.remove(block)
            self._env.current_document[_SHAPE_KEY] = "picture shown once"
        self._env.current_document[_PICTURE_KEY] = picture

    def choose_for_cards(self) -> None:
        """Choose the picture of a document that is no post, for cards that show it."""
        chosen = self._choose(self._document)
        if chosen is not None:
            self._env.current_document[_PICTURE_KEY] = chosen[0]

    def _choose(self, body: nodes.Element) -> tuple[Picture, Path | None] | None:
        fields = self._current.source.fields
        choice = fields.image
        if choice is not None and choice.src.isdecimal():
            choice = self._choose_from_body(body, choice)
        if choice is None:
            return None
        picture, file = self._load(choice.src)
        if picture is None:
            return None
        alt = choice.alt if choice.alt is not None else fields.image_alt
        picture = replace(
            picture,
            alt=alt,
            caption=choice.caption,
            credit=choice.credit,
            focus=choice.focus,
        )
        return picture, file

    def _choose_from_body(
        self, body: nodes.Element, choice: PictureChoice
    ) -> PictureChoice | None:
        """Return the n-th picture of the body in place of the number n."""
        number = int(choice.src)
        images = list(body.findall(nodes.image))
        if 0 < number <= len(images):
            image = images[number - 1]
            alt = choice.alt if choice.alt is not None else image.get("alt", "")
            uri = image["uri"]
            if not is_url(uri) and self._is_found_as_spelled(uri):
                # What is written at the head of a post is encoded.
                uri = quote(uri)
            return choice.model_copy(update={"src": uri, "alt": alt})
        self._report(
            "the body has %d pictures, so there is no picture %d; give the path of a "
            "picture",
            len(images),
            number,
        )
        return None

    def _load(self, src: str) -> tuple[Picture | None, Path | None]:
        if is_url(src):
            return Picture(path=src), None
        env = self._env
        try:
            file = find_picture(src, self._folder, self._current.roots)
            env.note_dependency(file)
            found = self._current.inspect(file)
        except (PictureNotFoundError, PictureUnreadableError) as error:
            self._report("%s; the post is shown without it. Check 'image'", error)
            # What takes its place may be older than this reading.
            env.note_reread()
            return None, None
        return Picture(path=relate(file, Path(env.srcdir)), source=found), file

    def _report(self, message: str, *args: object) -> None:
        source = self._current.source
        if not source.is_post and not source.fields.guide_for:
            # The key may be meant for another extension.
            return
        line = source.lines.get("image", 1)
        problem = Problem(subtype=Subtype.IMAGE, message=message, args=args, line=line)
        report(problem, self._env.docname)

    def _is_same(self, image: nodes.image, picture: Picture, file: Path | None) -> bool:
        """Tell whether a picture of the body is the header picture once more."""
        uri = image["uri"]
        if file is None:
            return bool(uri == picture.path)
        if is_url(uri):
            return False
        _, path = self._env.relfn2path(uri, self._env.docname)
        body_file = Path(path)
        if body_file == file or not body_file.is_file():
            return body_file == file
        # Its bytes decide what the page holds, so the page depends on them.
        self._env.note_dependency(body_file)
        try:
            found = self._current.inspect(body_file.resolve())
        except PictureUnreadableError:
            return False
        return picture.source is not None and found.digest == picture.source.digest

    def _find_body_pictures(self) -> None:
        """Let Sphinx find pictures of the body where only we look.

        That is in other folders, and under names that are encoded: MyST encodes
        spaces and all letters beyond ASCII.
        """
        source = self._current.roots.source
        for image in self._document.findall(nodes.image):
            uri = image.get("uri", "")
            if is_url(uri):
                continue
            is_found = self._is_found_as_spelled(uri)
            if is_found and not uri.startswith("/"):
                continue
            try:
                file = find_picture(uri, self._folder, self._current.roots)
            except PictureNotFoundError:
                continue
            if not is_found or not file.is_relative_to(source.resolve()):
                image["uri"] = "/" + relate(file, Path(self._env.srcdir))

    def _is_found_as_spelled(self, uri: str) -> bool:
        """Tell whether Sphinx finds the file of a picture (``ImageCollector``)."""
        _, path = self._env.relfn2path(uri, self._env.docname)
        return os.access(path, os.R_OK)


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
