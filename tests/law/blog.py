"""A blog as a value: posts, guides and calls, pictures, and pages that show them."""

from __future__ import annotations

import io
import json
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Mapping

#: All names that posts, guides in the registry, and documents may come and go by.
NAMES: Final = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
KEYS: Final = ("start", "book", "course")
HANDBOOK: Final = "handbook"
TAGS: Final = ("python", "C++", "docs")
#: Pictures of the text, and one that only heads posts, by two names.
SHOWN: Final = ("one", "two")
NAMED: Final = ("three", "four")

OWN: Final = "https://blog.example/notes/"
BOOK: Final = "https://books.example/python/"
#: Where guides of the registry stand: documents, posts, pages here and elsewhere.
TARGETS: Final = (
    "guide",
    BOOK,
    f"{OWN}handbook/",
    "about.md",
    "http://www.books.example/python?utm_source=blog",
    "https://WWW.blog.example/notes/posts/beta/index.html#top",
    "alpha",
    f"{OWN}guide.html",
)
#: How the first words of a post lead on.
LEADS: Final = (
    "",
    "See [our guide](https://blog.example/notes/guide/).",
    "This leads [there](http://www.blog.example:80/notes/handbook/index.html).",
    "More in {blog:guide}`start`.",
    "It stands in [a book](https://www.books.example/python/#part-two).",
    "See [beta](https://BLOG.example/notes/posts/beta?utm_source=x).",
    "All is in {doc}`/guide`, and [more](/handbook.md).",
    "Read {blog:guide}`the book <book>` and <https://blog.example/notes/about.html>.",
)
#: What the pages of calls have as their buttons.
BUTTONS: Final = ("start", f"Buy it <{BOOK}>", "book", "alpha", "Read <handbook>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post; ``body`` chooses its text, ``lead`` the words before that.

    ``picture`` is the one at its head, ``guides`` the names of its guides.
    """

    title: str
    date: str
    tags: tuple[str, ...] = ()
    body: int = 0
    lead: int = 0
    picture: str = ""
    guides: tuple[str, ...] | None = None
    is_draft: bool = False

    def write(self) -> str:
        """Return the source."""
        head = [
            f"title: {self.title}",
            f"date: {self.date}",
            f"tags: {_list('post', *self.tags)}",
        ]
        if self.picture:
            head.append(f"image: /media/{self.picture}.png")
        if self.guides is not None:
            head.append(f"guides: {_list(*self.guides)}")
        if self.is_draft:
            head.append("draft: true")
        return "\n".join(["---", *head, "---", "", self._write_body()])

    def _write_body(self) -> str:
        text = f"This is version {self.body} of the text."
        if lead := LEADS[self.lead % len(LEADS)]:
            # The first paragraph without a guide is what cards show.
            text = f"{lead}\n\n{text}"
        bodies = (
            f"{text}\n",
            f"![Once more](/media/one.png)\n\n{text}\n",
            f"{text}\n\n![Further down](/media/two.png)\n\nSee {{doc}}`/posts/beta`.\n",
            f"# Its own heading\n\n{text}\n\nSee [alpha](alpha.md) and [](beta.md).\n",
            f"{text}\n\n```{{post-list}}\n:tags: python\n:layout: compact\n```\n",
        )
        return bodies[self.body % len(bodies)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture: ``seed`` decides what it shows.

    One that is damaged ends in the middle. ``is_old`` says that its file has the time
    of an old one, as if it had been moved here.
    """

    seed: int
    is_damaged: bool = False
    is_old: bool = False

    def draw(self) -> bytes:
        """Return a file that is smaller in the formats that are made of it."""
        few = random.Random(self.seed).randbytes(20 * 15 * 3)  # noqa: S311 - no secret
        image = Image.frombytes("RGB", (20, 15), few).resize((200, 150))
        stream = io.BytesIO()
        image.save(stream, "PNG")
        whole = stream.getvalue()
        return whole[: len(whole) // 2] if self.is_damaged else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """An entry in the registry of guides."""

    target: str
    title: str = ""
    description: str = ""
    picture: str = ""
    tags: tuple[str, ...] = ()
    reviewed: str = ""

    def describe(self) -> Mapping[str, object]:
        """Return the fields of the entry."""
        image = f"/media/{self.picture}.png" if self.picture else ""
        fields: dict[str, object] = {
            "title": self.title,
            "description": self.description,
            "image": image,
            "tags": self.tags,
            "reviewed": self.reviewed,
        }
        return {"target": self.target} | {n: v for n, v in fields.items() if v}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document that is no post, and says of which tags it is the guide."""

    title: str
    description: str = ""
    guide_for: tuple[str, ...] = ()

    def write(self, body: str) -> str:
        """Return the source."""
        head = ["orphan: true"]
        if self.description:
            head.append(f"description: {self.description}")
        if self.guide_for:
            head.append(f"guide_for: {_list(*self.guide_for)}")
        return "\n".join(["---", *head, "---", "", f"# {self.title}", "", body])


@dataclass(frozen=True, slots=True, kw_only=True)
class Blog:
    """All that the author wrote.

    ``pictures`` are files by name, ``guides`` and ``calls`` (the buttons for posts
    with a tag) are registries. ``guide`` and ``handbook`` are documents; the latter
    may be missing.
    """

    posts: Mapping[str, Entry]
    pictures: Mapping[str, Shot]
    guides: Mapping[str, Guide]
    calls: Mapping[str, str]
    guide: Page
    handbook: Page | None

    def write(self) -> dict[str, str]:
        """Return the text of every source."""
        guides = {key: guide.describe() for key, guide in self.guides.items()}
        calls = {
            tag: {"title": f"For {tag}", "buttons": [button]}
            for tag, button in self.calls.items()
        }
        sources = {
            "index.md": _INDEX,
            "guide.md": self.guide.write(_GUIDE),
            "about.md": _ABOUT,
            "reading.md": _READING,
            # What is JSON is YAML, too.
            "guides.yaml": json.dumps(guides, indent=1),
            "calls.yaml": json.dumps(calls, indent=1),
        }
        if self.handbook:
            sources[f"{HANDBOOK}.md"] = self.handbook.write(_HANDBOOK)
        return sources | {f"posts/{n}.md": p.write() for n, p in self.posts.items()}

    def list_missing(self) -> frozenset[str]:
        """Return the names of what could be there, and is not."""
        pages = {*NAMES, HANDBOOK} - self.posts.keys()
        if self.handbook:
            pages.remove(HANDBOOK)
        lost = {
            key
            for key, guide in self.guides.items()
            if not pages.isdisjoint(re.findall(r"\w+", guide.target))
        }
        return frozenset(pages | lost | (set(KEYS) - self.guides.keys()))


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

_HANDBOOK: Final = """What is known.

```{guide-posts}
:group: tag
:layout: cards
```
"""

_ABOUT: Final = """---
orphan: true
---

# About

How to begin: {doc}`guide`, {blog:guide}`book`. What came of it: {doc}`posts/beta`.

```{post-list}
:tags: docs, python
:sort: title
:layout: list
```
"""

_READING: Final = """---
orphan: true
---

# What to read

```{further-reading}
- {blog:guide}`start`
- handbook
- {doc}`/posts/beta`: words of its own.
- [](/guide.md)
- https://books.example/python/
- [About](https://blog.example/notes/about/)
```

```{further-reading}
:layout: cards
:guides: course, book
:tags: python, docs
:posts: alpha
:exclude: start
```

```{further-reading}
:layout: sentence
:guides: guide, start
```

```{guide-posts}
:guide: start
:group: year
```

```{guide-posts}
:guide: https://books.example/python/
:tags: python, docs
:group: tag
:layout: list
:empty: None yet.
```

```{call-to-action} Begin
:button: start
:second-button: In print <book>
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
                guides=("guide",),
            ),
            "beta": Entry(
                title="The second",
                date="2025-01-02",
                tags=("python", "C++"),
                picture="one",
                body=1,
                lead=3,
            ),
            "gamma": Entry(
                title="The third", date="2025-01-03", body=2, lead=1, picture="two"
            ),
            "delta": Entry(
                title="The fourth",
                date="2025-01-04",
                tags=("docs",),
                picture=NAMED[0],
                is_draft=True,
            ),
            "epsilon": Entry(
                title="The fifth", date="2025-01-05", picture=NAMED[0], body=4
            ),
        },
        pictures={
            name: Shot(seed=seed)
            for seed, name in enumerate((*SHOWN, NAMED[0]), start=1)
        },
        guides={
            "start": Guide(target="guide", title="How to start", tags=("python",)),
            "book": Guide(target=BOOK, description="In print.", tags=("docs",)),
        },
        calls={"*": "start", "C++": "Read <handbook>"},
        guide=Page(title="The guide"),
        handbook=Page(title="The handbook", guide_for=("C++",)),
    )


def _list(*names: str) -> str:
    return f"[{', '.join(names)}]"
