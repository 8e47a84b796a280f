"""A blog as a value: posts, guides and calls, pictures, and pages that show them."""

from __future__ import annotations

import io
import json
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.law import pages
from tests.law.registry import Guide, Tag, Writer
from tests.law.settings import DAYS, begin_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

#: All names that posts, guides in the registry, and documents may come and go by.
NAMES: Final = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
KEYS: Final = ("start", "book", "course")
HANDBOOK: Final = "handbook"
#: The last of them is the first, where the registry says so.
TAGS: Final = ("python", "C++", "docs", "snake")
CATEGORIES: Final = ("News", "How to")
WRITERS: Final = ("ann", "Bob B.")
SERIES: Final = ("Basics", "Depths")
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
#: What posts are about, at their end: in as many words, and of no card.
SUBJECTS: Final = (
    "Snakes shed their skin in spring, on stones that are warm.",
    "A compiler turns templates into code, and errors into long messages.",
    "Readers skim headings and leave; writers of manuals should know it.",
    "Stones in a garden are warm, and snakes come to know.",
    "Long messages of a compiler are manuals for its patient readers.",
)
#: Where posts stood before: nowhere, where another may have stood as well, where pages
#: of documents, posts and archives are at times, and where nothing can be.
OLD_PATHS: Final = (
    (),
    ("/old/one/",),
    ("/old/one", "second.html"),
    ("Second.html", f"{OWN}old/two/"),
    ("about.html", "/handbook/"),
    ("posts/theta.html", "/posts/eta/"),
    ("tags/c-plus-plus.html", "/blog/page/2/"),
    ("../../evil", "/posts/gamma"),
)
#: Where the author has a file of their own at times; a redirect stands there at others.
OWN_FILE: Final = "extra/old/one/index.html"
OWN_TEXT: Final = "<p>A page that no document made.</p>\n"
#: The address of the site by ``html_baseurl``, and the one by its host.
BASES: Final = (
    (OWN, ""),
    ("https://new.example/en/stable", ""),
    ("", ""),
    ("", "https://host.example/en/latest/"),
)
#: How a word at the end of a post is set: it makes no other word, and no other card.
_EMPHASES: Final = ("", "*", "**")
#: What the pages of calls have as their buttons.
BUTTONS: Final = ("start", f"Buy it <{BOOK}>", "book", "alpha", "Read <handbook>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post; ``body`` chooses its text, ``lead`` the words before that.

    ``picture`` is the one at its head, ``guides`` and ``related`` the names of its
    guides and of posts; ``part`` 0 is none, ``featured`` 0 not at all. ``old_paths``
    are its addresses of before, ``canonical`` is the one elsewhere. ``emphasis``
    chooses how a word of its end is set, and ``notes`` are so many lines of its front
    matter that say nothing.
    """

    title: str
    date: str
    tags: tuple[str, ...] = ()
    body: int = 0
    lead: int = 0
    picture: str = ""
    guides: tuple[str, ...] | None = None
    is_draft: bool = False
    category: str = ""
    authors: tuple[str, ...] = ()
    series: str = ""
    part: int = 0
    featured: int = 0
    expires: str = ""
    related: tuple[str, ...] = ()
    old_paths: tuple[str, ...] = ()
    canonical: str = ""
    updated: str = ""
    focus: str = ""
    emphasis: int = 0
    notes: int = 0

    def write(self) -> str:
        """Return the source."""
        fields = {
            "title": self.title,
            "date": self.date,
            "tags": _list("post", *self.tags),
            "image": self._write_picture(),
            "guides": "" if self.guides is None else _list(*self.guides),
            "draft": "true" if self.is_draft else "",
            "category": self.category,
            "author": _list(*self.authors) if self.authors else "",
            "series": self._write_series(),
            "featured": str(self.featured) if self.featured else "",
            "expires": self.expires,
            "related": _list(*self.related) if self.related else "",
            "redirect_from": _list(*self.old_paths) if self.old_paths else "",
            "canonical_url": self.canonical,
            "updated": self.updated,
        }
        notes = ["# A note to myself."] * self.notes
        head = [f"{name}: {value}" for name, value in fields.items() if value]
        return "\n".join(["---", *notes, *head, "---", "", self._write_body()])

    def _write_picture(self) -> str:
        path = f"/media/{self.picture}.png" if self.picture else ""
        if path and self.focus:
            return f"{{src: {path}, focus: {self.focus}}}"
        return path

    def _write_series(self) -> str:
        if self.series and self.part:
            return f"{{name: {self.series}, part: {self.part}}}"
        return self.series

    def _write_body(self) -> str:
        kind, subject = self.body % 5, SUBJECTS[self.body // 5 % len(SUBJECTS)]
        text = f"This is version {kind} of the text."
        if lead := LEADS[self.lead % len(LEADS)]:
            # The first paragraph without a guide is what cards show.
            text = f"{lead}\n\n{text}"
        bodies = (
            text,
            f"![Once more](/media/one.png)\n\n{text}",
            f"{text}\n\n![Further down](/media/two.png)\n\nSee {{doc}}`/posts/beta`.",
            f"# Its own heading\n\n{text}\n\nSee [alpha](alpha.md) and [](beta.md).",
            f"{text}\n\n```{{post-list}}\n:tags: python\n:layout: compact\n```",
        )
        mark = _EMPHASES[self.emphasis % len(_EMPHASES)]
        return f"{bodies[kind]}\n\n{subject}\n\nThat is {mark}all{mark} there is.\n"


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
    """All that the author wrote, and when and with what it is built.

    ``pictures`` are files by name, ``guides``, ``calls`` (the buttons for posts with a
    tag), ``tags`` and ``writers`` are registries. ``guide`` and ``handbook`` are
    documents; the latter may be missing. ``settings`` are values of ``conf.py``,
    ``day`` is the one of the build, today where it is empty, and ``version`` what our
    own differs by from the one at hand. ``host`` is the address that the host of the
    site gives it. ``has_own_file`` where the author has put a file of their own in the
    place of an old address. ``lost`` is the number of the file beside the pages that
    somebody has removed from the outputs, 0 for none.
    """

    posts: Mapping[str, Entry]
    pictures: Mapping[str, Shot]
    guides: Mapping[str, Guide]
    calls: Mapping[str, str]
    tags: Mapping[str, Tag]
    writers: Mapping[str, Writer]
    guide: Page
    handbook: Page | None
    settings: Mapping[str, object]
    day: str = DAYS[0]
    version: str = ""
    host: str = ""
    has_own_file: bool = False
    lost: int = 0

    def write(self) -> dict[str, str]:
        """Return the text of every source."""
        sources = {
            "index.md": pages.INDEX,
            "guide.md": self.guide.write(pages.GUIDE),
            "about.md": pages.ABOUT,
            "reading.md": pages.READING,
            "names.md": pages.NAMES,
            "shelves.md": pages.SHELVES,
            "plain.md": pages.PLAIN,
            "extra/robots.txt": "User-agent: *\n",
            **self._write_registries(),
        }
        if self.has_own_file:
            sources[OWN_FILE] = OWN_TEXT
        if self.handbook:
            sources[f"{HANDBOOK}.md"] = self.handbook.write(pages.HANDBOOK)
        return sources | {f"posts/{n}.md": p.write() for n, p in self.posts.items()}

    def _write_registries(self) -> dict[str, str]:
        calls = {
            tag: {"title": f"For {tag}", "buttons": [button]}
            for tag, button in self.calls.items()
        }
        registries = {
            "guides": {key: guide.describe() for key, guide in self.guides.items()},
            "calls": calls,
            "tags": {name: tag.describe() for name, tag in self.tags.items()},
            "authors": {key: who.describe() for key, who in self.writers.items()},
        }
        # What is JSON is YAML, too.
        return {f"{n}.yaml": json.dumps(r, indent=1) for n, r in registries.items()}

    def list_missing(self) -> frozenset[str]:
        """Return the names of what could be there, and is not."""
        missing = {*NAMES, HANDBOOK} - self.posts.keys()
        if self.handbook:
            missing.remove(HANDBOOK)
        lost = {
            key
            for key, guide in self.guides.items()
            if not missing.isdisjoint(re.findall(r"\w+", guide.target))
        }
        return frozenset(missing | lost | (set(KEYS) - self.guides.keys()))


def begin_blog() -> Blog:
    """Return the blog before the first step: posts that share much, and a draft."""
    return Blog(
        posts=_begin_posts(),
        pictures={
            name: Shot(seed=seed)
            for seed, name in enumerate((*SHOWN, NAMED[0]), start=1)
        },
        guides={
            "start": Guide(target="guide", title="How to start", tags=("python",)),
            "book": Guide(target=BOOK, description="In print.", tags=("docs",)),
        },
        calls={"*": "start", "C++": "Read <handbook>"},
        tags={"python": Tag(label="Python", alias="snake"), "docs": Tag()},
        writers={"ann": Writer(name="Ann A.", bio="She writes.")},
        guide=Page(title="The guide"),
        handbook=Page(title="The handbook", guide_for=("C++",)),
        settings={**begin_settings(), "html_baseurl": OWN},
    )


def _begin_posts() -> dict[str, Entry]:
    first, second = SERIES
    return {
        "alpha": Entry(
            title="The first",
            date="2024-12-30",
            tags=("python",),
            picture="one",
            guides=("guide",),
            authors=("ann",),
            series=first,
            old_paths=OLD_PATHS[1],
        ),
        "beta": Entry(
            title="The second",
            date="2025-01-02",
            tags=("snake", "C++"),
            picture="one",
            body=6,
            lead=3,
            category=CATEGORIES[0],
            series=first,
        ),
        "gamma": Entry(
            title="The third",
            date="2025-01-03",
            body=2,
            lead=1,
            picture="two",
            authors=WRITERS,
            related=("alpha",),
            series=second,
            part=1,
        ),
        "delta": Entry(
            title="The fourth",
            date="2025-01-04",
            tags=("docs",),
            picture=NAMED[0],
            is_draft=True,
            series=first,
        ),
        "epsilon": Entry(
            title="The fifth",
            date="2025-01-05",
            tags=("docs",),
            picture=NAMED[0],
            body=14,
            category=CATEGORIES[1],
            series=second,
            part=2,
            featured=1,
        ),
    }


def _list(*names: str) -> str:
    return f"[{', '.join(names)}]"
