"""The law that a warm build equals a cold one, for any sequence of edits.

A blog is a value; an edit makes another of it. So the sources of every step are known,
and can be played once more: upon a difference the same steps are taken by a twin, the
same sources under plain Sphinx. Files that plain Sphinx itself leaves stale in these
steps are not held against us. Nothing else is let pass.
"""

from __future__ import annotations

import difflib
import itertools
import json
import logging
import re
import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from docutils.parsers.rst import Directive, directives

from tests.site import VOLATILE, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

NAMES: Final = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
TAGS: Final = ("python", "C++", "docs")
BUILDERS: Final = ("html", "dirhtml")
COLORS: Final = ("teal", "navy", "gold")

Files = dict[str, bytes]


class LawBrokenError(AssertionError):
    """A warm build differs from a cold one where plain Sphinx's own do not."""


# A blog as a value --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post; ``body`` chooses its text, ``picture`` the one at its head."""

    title: str
    date: str
    tags: tuple[str, ...] = ()
    body: int = 0
    picture: str = ""
    guide: str = ""
    is_draft: bool = False

    def write(self) -> str:
        """Return the source."""
        head = [
            f"title: {self.title}",
            f"date: {self.date}",
            f"tags: [{', '.join(('post', *self.tags))}]",
        ]
        if self.picture:
            head.append(f"image: /media/{self.picture}.png")
        if self.guide:
            head.append(f"guides: [{self.guide}]")
        if self.is_draft:
            head.append("draft: true")
        return "\n".join(["---", *head, "---", "", self._write_body()])

    def _write_body(self) -> str:
        text = f"This is version {self.body} of the text."
        bodies = (
            f"{text}\n",
            f"![Once more](/media/one.png)\n\n{text}\n",
            f"{text}\n\n![Further down](/media/two.png)\n\nSee {{doc}}`/posts/beta`.\n",
            f"# Its own heading\n\n{text}\n\nSee [alpha](alpha.md) and [](beta.md).\n",
            f"{text}\n\n```{{post-list}}\n:tags: python\n:layout: compact\n```\n",
        )
        return bodies[self.body % len(bodies)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blog:
    """All that the author wrote: posts, colours of pictures, the guide's title."""

    posts: Mapping[str, Entry]
    pictures: Mapping[str, str]
    guide: str = "The guide"

    def write(self) -> dict[str, str]:
        """Return the text of every source."""
        sources = {
            "index.md": _INDEX,
            "guide.md": f"---\norphan: true\n---\n\n# {self.guide}\n\n{_GUIDE}",
            "about.md": _ABOUT,
        }
        return sources | {f"posts/{n}.md": p.write() for n, p in self.posts.items()}


_INDEX: Final = """# Home

```{post-list}
:limit: 3
```

```{tag-list}
:sort: count
```

```{toctree}
blog/index
tags/index
```
"""

_GUIDE: Final = """Begin with {doc}`/posts/alpha`, then [go on](posts/beta.md).

```{post-card} posts/alpha
```
"""

_ABOUT: Final = """---
orphan: true
---

# About

How to begin: {doc}`guide`. What came of it: {doc}`posts/beta`.

```{post-list}
:tags: docs, python
:sort: title
:layout: list
```
"""


def begin_blog() -> Blog:
    """Return the blog before the first step: posts that share pictures, a draft."""
    return Blog(
        posts={
            "alpha": Entry(
                title="The first",
                date="2025-01-01",
                tags=("python",),
                picture="one",
                guide="guide",
            ),
            "beta": Entry(
                title="The second",
                date="2025-01-02",
                tags=("python", "C++"),
                picture="one",
                body=1,
            ),
            "gamma": Entry(title="The third", date="2025-01-03", body=2, picture="two"),
            "delta": Entry(
                title="The fourth", date="2025-01-04", tags=("docs",), is_draft=True
            ),
        },
        pictures={"one": "teal", "two": "navy"},
    )


# Edits --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An edit of the post ``which`` to ``value``, and the build that follows it.

    ``manner`` is ``full``, or ``one file`` (no other page is written), or ``cut off``
    (by Ctrl-C while pages are written; then a full build). ``is_reverted`` where the
    edit is taken back between these two.
    """

    edit: str = "nothing"
    which: int = 0
    value: int = 0
    builder: str = "html"
    manner: str = "full"
    is_reverted: bool = False

    def __str__(self) -> str:
        """Say what an author would do, as one would tell it."""
        back = ", edit reverted" if self.is_reverted else ""
        return (
            f"{self.edit} (which={self.which}, value={self.value}), "
            f"then {self.builder}, {self.manner}{back}"
        )


def edit_blog(blog: Blog, step: Step) -> Blog:
    """Return the blog after the edit of ``step``; the same where it has no sense."""
    return EDITS[step.edit](blog, step)


def _change(blog: Blog, step: Step, **fields: object) -> Blog:
    name = sorted(blog.posts)[step.which % len(blog.posts)]
    post = replace(blog.posts[name], **fields)  # type: ignore[arg-type]
    return replace(blog, posts={**blog.posts, name: post})


def _add(blog: Blog, step: Step) -> Blog:
    free = [name for name in NAMES if name not in blog.posts]
    if not free:
        return blog
    post = Entry(
        title=f"New {step.value}",
        date=f"2025-02-{1 + step.value % 28:02}",
        tags=_pick_tags(step.value),
        body=step.value,
        picture=("", "one", "two")[step.value % 3],
        guide=("", "guide")[step.value % 2],
    )
    return replace(blog, posts={**blog.posts, free[step.which % len(free)]: post})


def _delete(blog: Blog, step: Step) -> Blog:
    if len(blog.posts) < 3:
        return blog
    gone = sorted(blog.posts)[step.which % len(blog.posts)]
    return replace(blog, posts={n: p for n, p in blog.posts.items() if n != gone})


def _rename(blog: Blog, step: Step) -> Blog:
    old = sorted(blog.posts)[step.which % len(blog.posts)]
    free = [name for name in NAMES if name not in blog.posts]
    if not free:
        return blog
    new = free[step.value % len(free)]
    names = {name: new if name == old else name for name in blog.posts}
    return replace(blog, posts={names[n]: p for n, p in blog.posts.items()})


def _retitle(blog: Blog, step: Step) -> Blog:
    return _change(blog, step, title=f"Title {step.value}")


def _retag(blog: Blog, step: Step) -> Blog:
    return _change(blog, step, tags=_pick_tags(step.value))


def _redate(blog: Blog, step: Step) -> Blog:
    year = 2999 if step.value % 4 == 3 else 2025
    return _change(blog, step, date=f"{year}-01-{1 + step.value % 28:02}")


def _draft(blog: Blog, step: Step) -> Blog:
    name = sorted(blog.posts)[step.which % len(blog.posts)]
    return _change(blog, step, is_draft=not blog.posts[name].is_draft)


def _edit_body(blog: Blog, step: Step) -> Blog:
    return _change(blog, step, body=step.value)


def _swap_picture(blog: Blog, step: Step) -> Blog:
    name = sorted(blog.pictures)[step.which % len(blog.pictures)]
    others = [color for color in COLORS if color != blog.pictures[name]]
    color = others[step.value % len(others)]
    return replace(blog, pictures={**blog.pictures, name: color})


def _retitle_guide(blog: Blog, step: Step) -> Blog:
    return replace(blog, guide=f"Guide {step.value}")


def _leave(blog: Blog, _step: Step) -> Blog:
    return blog


def _pick_tags(value: int) -> tuple[str, ...]:
    return tuple(tag for bit, tag in enumerate(TAGS) if value >> bit & 1)


EDITS: Final[Mapping[str, Callable[[Blog, Step], Blog]]] = {
    "add": _add,
    "delete": _delete,
    "rename": _rename,
    "retitle": _retitle,
    "retag": _retag,
    "redate": _redate,
    "draft": _draft,
    "edit body": _edit_body,
    "swap picture": _swap_picture,
    "retitle guide": _retitle_guide,
    "nothing": _leave,
}


# Two houses for one blog --------------------------------------------------------------


_OURS: Final = {
    "extensions": ["sphinx_leadposts", "tests.law"],
    "leadposts_page_size": 2,
}
_PLAIN: Final = {
    "extensions": ["myst_parser", "sphinx_design", "tests.law"],
    "myst_title_to_header": True,
    "suppress_warnings": ["toc", "myst.header", "ref.doc", "myst.xref_missing"],
}


class House:
    """A site that is given one blog after the other, and builds each warm and cold."""

    def __init__(self, root: Path, *, is_plain: bool = False) -> None:
        self._site = Site(root, dict(_PLAIN if is_plain else _OURS))
        self._sources = {"index.md": ""}
        self._pictures: Mapping[str, str] = {}
        #: Posts that do not exist, and those that at some time did not.
        self._gone: frozenset[str] = frozenset()
        self._ever_gone: frozenset[str] = frozenset()

    def receive(self, blog: Blog) -> None:
        """Bring the sources up to date; what is the same is not touched."""
        sources = blog.write()
        for name in self._sources.keys() - sources.keys():
            (self._site.src / name).unlink()
        for name, color in blog.pictures.items():
            if self._pictures.get(name) != color:
                self._site.picture(f"media/{name}.png", color)
        for name, text in sources.items():
            if self._sources.get(name) != text:
                self._site.write(name, text)
        self._sources, self._pictures = sources, blog.pictures
        self._gone = frozenset(NAMES) - blog.posts.keys()
        self._ever_gone |= self._gone

    def move_in(self) -> Blog:
        """Receive the blog as it is before the first step, and build it."""
        blog = begin_blog()
        self.receive(blog)
        for builder in BUILDERS:
            self.build(builder)
        return blog

    def build(self, builder: str, *names: str) -> Files:
        """Build warm, only the pages of ``names`` where there are any."""
        # MyST looks for the files of links when it reads a page, not when they come.
        DeadLinks.expected = self._ever_gone
        files = [self._site.src / name for name in names]
        return self._build(builder, builder, "doctrees", files)

    def build_cold(self, builder: str) -> Files:
        """Build as if for the first time."""
        DeadLinks.expected = self._gone
        # Sphinx keeps the checksums of static files for as long as Python runs, by
        # path (builders.html._assets): two builders must not use one after the other.
        out, doctrees = f"cold-{builder}", "doctrees-cold"
        for folder in (out, doctrees):
            shutil.rmtree(self._site.root / folder, ignore_errors=True)
        return self._build(builder, out, doctrees, [])

    def _build(
        self, builder: str, out: str, doctrees: str, files: Sequence[Path]
    ) -> Files:
        build = self._site.build(builder, out=out, doctrees=doctrees, files=files)
        return read_output(build.out)


def read_output(out: Path) -> Files:
    """Return every file of the output that two equal builds have in common."""
    return {
        path.relative_to(out).as_posix(): _normalize(path)
        for path in out.rglob("*")
        if path.is_file()
        and path.name not in VOLATILE
        and ".doctrees" not in path.parts
    }


def _normalize(path: Path) -> bytes:
    """Return the bytes of a file; an index without the words of no document.

    ``sphinx.search.IndexBuilder.prune`` leaves those of removed documents.
    """
    content = path.read_bytes()
    if path.name != "searchindex.js":
        return content
    start, end = content.index(b"{"), content.rindex(b"}") + 1
    index = json.loads(content[start:end])
    for table in ("terms", "titleterms"):
        index[table] = {
            word: where for word, where in index[table].items() if where != []
        }
    return json.dumps(index, sort_keys=True, indent=1).encode()


# The law ------------------------------------------------------------------------------


@dataclass
class Tally:
    """What was done and compared in all sequences."""

    edits: Counter[str] = field(default_factory=Counter)
    builds: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    subtracted: Counter[str] = field(default_factory=Counter)


class Fuse:
    """Cuts a build off, as Ctrl-C does, when so many pages have been written."""

    pages: ClassVar[int | None] = None

    @classmethod
    def burn(cls, *_args: object) -> None:
        """Take notice of a page that is about to be written."""
        if cls.pages is not None:
            cls.pages -= 1
            if cls.pages < 0:
                raise KeyboardInterrupt

    @classmethod
    @contextmanager
    def lit(cls, pages: int) -> Iterator[None]:
        """Cut off the build inside, if it writes more than ``pages``."""
        cls.pages = pages
        try:
            with suppress(KeyboardInterrupt):
                yield
        finally:
            cls.pages = None


def take_step(house: House, before: Blog, step: Step) -> tuple[Blog, Files | None]:
    """Edit and build; return the output, ``None`` where not all of it is fresh."""
    blog = edit_blog(before, step)
    house.receive(blog)
    if step.manner == "one file":
        names = sorted(blog.posts)
        house.build(step.builder, f"posts/{names[step.value % len(names)]}.md")
        return blog, None
    if step.manner == "cut off":
        with Fuse.lit(step.value % 5):
            house.build(step.builder)
        if step.is_reverted:
            blog = before
            house.receive(blog)
    return blog, house.build(step.builder)


def check_law(
    root: Path,
    steps: Sequence[Step],
    *,
    tally: Tally | None = None,
    is_strict: bool = False,
) -> None:
    """Take ``steps``, and after each compare warm with cold.

    :param is_strict: hold what plain Sphinx leaves stale against us, too.
    :raises LawBrokenError: where they differ, and plain Sphinx's own do not.
    """
    tally = tally or Tally()
    steps = [*steps, *_close(steps)]
    ours = House(root / "ours")
    twin = Twin(root / "twin", steps)
    blog = ours.move_in()
    for number, step in enumerate(steps):
        before = blog
        blog, warm = take_step(ours, before, step)
        is_done = edit_blog(before, step) != before
        tally.edits[step.edit if is_done else "nothing"] += 1
        tally.builds[f"{step.builder}, {step.manner}"] += 1
        if warm is None:
            continue
        cold = ours.build_cold(step.builder)
        tally.compared += len(warm.keys() | cold.keys())
        differing = find_differences(warm, cold)
        if not differing:
            continue
        stale = set() if is_strict else twin.find_stale(number)
        # Plain Sphinx never removes a page; we do, where it is that of a post.
        stale -= {n for n in differing if n not in cold and n.endswith(_PAGES)}
        tally.subtracted.update(stale.intersection(differing))
        if wrong := [name for name in differing if name not in stale]:
            raise LawBrokenError(_describe(steps[: number + 1], warm, cold, wrong))


def _close(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield builds after which both outputs have been compared as they are now."""
    last = steps[-1] if steps else Step()
    for builder in BUILDERS:
        if builder != last.builder or last.manner == "one file":
            yield Step(builder=builder)


class Twin:
    """The same steps under plain Sphinx, taken no earlier than they are asked for."""

    def __init__(self, root: Path, steps: Sequence[Step]) -> None:
        self._root = root
        self._steps = enumerate(steps)
        self._house: House | None = None
        self._blog = begin_blog()

    def find_stale(self, number: int) -> set[str]:
        """Return the files that are stale after the step ``number``, counted from 0."""
        if self._house is None:
            self._house = House(self._root, is_plain=True)
            self._blog = self._house.move_in()
        for taken, step in self._steps:
            self._blog, warm = take_step(self._house, self._blog, step)
            if taken == number:
                cold = self._house.build_cold(step.builder)
                return set(find_differences(warm or {}, cold))
        message = f"step {number} was taken before"
        raise LookupError(message)


#: How the names of pages and of copied sources end.
_PAGES: Final = (".html", ".md.txt")


def find_differences(warm: Files, cold: Files) -> list[str]:
    """Return the files that are not in both, or not the same in both."""
    return sorted(
        name for name in warm.keys() | cold.keys() if warm.get(name) != cold.get(name)
    )


def _describe(
    steps: Sequence[Step], warm: Files, cold: Files, wrong: Sequence[str]
) -> str:
    told = [f"  {number}. {step}" for number, step in enumerate(steps, start=1)]
    found = itertools.chain.from_iterable(_compare(n, warm, cold) for n in wrong)
    return "\n".join(["warm differs from cold after these steps:", *told, *found])


def _compare(name: str, warm: Files, cold: Files) -> Iterator[str]:
    if name not in warm or name not in cold:
        yield f"{name}: only in the {'warm' if name in warm else 'cold'} build"
        return
    try:
        texts = [files[name].decode().splitlines() for files in (warm, cold)]
    except UnicodeDecodeError:
        yield f"{name}: not the same bytes"
        return
    lines = difflib.unified_diff(*texts, f"warm/{name}", f"cold/{name}", "", "", 1, "")
    yield from itertools.islice(lines, 30)


# The part of the sites that is an extension -------------------------------------------


class DeadLinks(logging.Filter):
    """Lets the warnings pass in silence that a link to a deleted post must cause.

    A list of their types in ``suppress_warnings`` could not come and go with them: a
    change of that value makes Sphinx read all documents again.
    """

    expected: ClassVar[frozenset[str]] = frozenset()
    types: Final = ("ref.doc", "myst.xref_missing", "leadposts.directive")

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to print the warning."""
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        names = re.findall(r"\w+", record.getMessage())
        return kind not in self.types or self.expected.isdisjoint(names)


class _NoDirective(Directive):
    """Says nothing, where plain Sphinx does not know ours."""

    optional_arguments = 1
    has_content = True
    option_spec = dict.fromkeys(
        ("limit", "sort", "tags", "layout"), directives.unchanged
    )

    def run(self) -> list[nodes.Node]:
        """Return nothing."""
        return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the fuse in both houses, and what the twin lacks."""
    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(DeadLinks())
    app.connect("doctree-resolved", Fuse.burn, priority=900)
    if "sphinx_leadposts" not in app.extensions:
        for name in ("post-list", "post-card", "tag-list"):
            app.add_directive(name, _NoDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
