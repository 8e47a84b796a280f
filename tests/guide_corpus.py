"""An independent script: it writes a site, and beside it what has to be found there.

Nothing of the package is imported here, and nothing is read back: while a line is
written, it is noted what that line means by the documentation. The lines are counted
by the one who writes them.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

OWN: Final = "blog.example.org"
OLD: Final = "old.example.net/blog"
GUIDE: Final = "leadposts.guide"
LINK: Final = "leadposts.link"
READING: Final = "leadposts.further_reading"
DIRECTIVE: Final = "leadposts.directive"
FRONT_MATTER: Final = "leadposts.front_matter"
PAGE_SIZE: Final = 24
WORDS: Final = (
    *("chain", "river", "morning", "saddle", "quiet", "bridge", "kettle", "road"),
    *("lamp", "gravel", "window", "rain", "market", "hill", "glove", "story"),
    *("copper", "garden", "ferry", "engine"),
)


class Edge(NamedTuple):
    """Where a line of a document leads."""

    kind: str
    source: str
    line: int | None
    target: str
    anchor: str = ""


class Warn(NamedTuple):
    """A warning: its file, line and type, and a piece of what it says."""

    file: str
    line: int
    type: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A tag, in all its spellings; the first is its name in the registry."""

    spellings: tuple[str, ...]
    slug: str
    alias: str = ""

    @property
    def name(self) -> str:
        return self.spellings[0]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere to lead: a document of the site, or an address elsewhere.

    ``anchors`` are what its page has behind ``#``, the first of them a label. ``key``
    is its name in the registry, ``old`` an address at which it stood before.
    """

    name: str
    kind: str
    anchors: tuple[str, ...] = ()
    key: str = ""
    old: str = ""

    @property
    def is_here(self) -> bool:
        return self.kind != "elsewhere"

    @property
    def last_part(self) -> str:
        return posixpath.basename(self.name)


class Spelled(NamedTuple):
    """A link as it is written, and where it leads; ``url`` where it is a URL."""

    text: str
    place: Place
    target: str
    anchor: str = ""
    url: str = ""


class Lead(NamedTuple):
    """One of the links that a block of further reading is given."""

    place: Place
    line: int
    target: str
    anchor: str = ""


class Listing(NamedTuple):
    """A list whose posts are known when all posts are written."""

    source: str
    line: int | None
    place: Place | None
    wanted: frozenset[str]
    unwanted: frozenset[str]
    year: int | None
    limit: int


class Sheet:
    """A source file that is being written, and knows on which line."""

    def __init__(self, docname: str, *, is_post: bool) -> None:
        self.docname = docname
        self.is_post = is_post
        self.file = f"{docname}.md"
        self.lines: list[str] = []
        #: What must stand at the end: definitions of links, and footnotes.
        self.tail: list[tuple[str, Sequence[Spelled]]] = []

    def write(self, *lines: str) -> int:
        """Add lines; return the number of the last."""
        self.lines += lines
        return len(self.lines)


@dataclass(kw_only=True)
class Post:
    """What is planned of a post, and what came of it."""

    place: Place
    number: int
    day: dt.date
    topics: list[Topic]
    #: What it names under ``guides``, ``None`` where it has no such key.
    named: list[tuple[str, Place | None]] | None = None
    guide_for: list[Topic] = field(default_factory=list)
    odd_tag: str = ""


@dataclass(kw_only=True)
class Corpus:
    """A site as files, and all that has to be found in it."""

    files: dict[str, str] = field(default_factory=dict)
    conf: dict[str, object] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
    #: The posts of the site, oldest first.
    posts: list[str] = field(default_factory=list)
    #: The mark of each paragraph, by post, and whether it leads to a guide.
    marks: dict[str, dict[str, bool]] = field(default_factory=dict)
    #: The posts that lead to each guide which is a document of the site.
    leading: dict[str, set[str]] = field(default_factory=dict)


# What the site is about ---------------------------------------------------------------

TOPICS: Final = (
    Topic(spellings=("wheels", "Wheels", "WHEELS"), slug="wheels"),
    Topic(
        spellings=("cold days", "Cold-Days", "cold_days", "frost"),
        slug="cold",
        alias="frost",
    ),
    Topic(spellings=("C++", "c++"), slug="cpp"),
    Topic(spellings=("maps", "Maps"), slug="maps"),
    Topic(spellings=("night rides", "Night-rides"), slug="night-rides"),
    Topic(spellings=("repairs", "REPAIRS"), slug="repairs"),
    Topic(spellings=("3.10",), slug="3-10"),
    Topic(spellings=("touring", "Touring"), slug="touring"),
    Topic(spellings=("paint", "Paint"), slug="paint"),
    Topic(spellings=("lonely tag", "lonely_tag"), slug="lonely-tag"),
    Topic(spellings=("awaited", "Awaited"), slug="awaited"),
)
BY_NAME: Final = {topic.name: topic for topic in TOPICS}


def _page(docname: str, key: str = "") -> Place:
    stem = docname.removesuffix("/index").rpartition("/")[2]
    anchors = (f"{stem}-part", f"more-of-{stem}")
    return Place(name=docname, kind="page", anchors=anchors, key=key)


def _away(url: str, key: str = "") -> Place:
    return Place(name=url, kind="elsewhere", key=key)


WHEELS: Final = _page("guides/wheels", "wheel-care")
COLD: Final = _page("guides/cold", "cold-start")
TOOLS: Final = _page("guides/tools", "guides/tools")
NIGHT: Final = _page("guides/night", "night")
PAINT: Final = _page("guides/paint", "colours")
CAMP: Final = _page("guides/camp")
DEEP: Final = _page("guides/deep/index")
ATLAS: Final = _away("https://maps.example.com/cycling", "atlas")
SHOP: Final = _away("http://www.shop.example.com/help/", "shop")
GUIDE_PAGES: Final = (WHEELS, COLD, TOOLS, NIGHT, PAINT, CAMP, DEEP)
PLAIN_PAGES: Final = tuple(_page(f"pages/page{n}") for n in range(1, 9))
#: What the documents of guides say of themselves.
GUIDE_FOR: Final = {
    TOOLS: ("repairs",),
    NIGHT: ("Night-rides",),
    PAINT: ("touring",),
    CAMP: ("touring", "night rides"),
    DEEP: ("3.10",),
}
#: Which guides a tag has: those of the registry in its order, then by docname.
OF_TOPIC: Final[dict[str, tuple[Place | int, ...]]] = {
    "wheels": (WHEELS, 2),
    "cold days": (COLD,),
    "repairs": (COLD, TOOLS),
    "maps": (ATLAS, SHOP),
    "touring": (4, CAMP),
    "night rides": (NIGHT, CAMP),
    "paint": (PAINT,),
    "3.10": (DEEP,),
}
#: Posts that lead each other in a circle.
LOOPS: Final = ((10, 11, 12), (20, 21))
#: Posts of which not everything is left to chance.
PLANNED: Final = frozenset({2, 4, *(number for loop in LOOPS for number in loop)})


def make_corpus(seed: int, *, posts: int = 300) -> Corpus:
    """Write a site of so many posts, and what has to be found in it."""
    return _Script(random.Random(seed), posts).run()  # noqa: S311 - no secrets here


class _Script:
    """Writes one site."""

    def __init__(self, rng: random.Random, count: int) -> None:
        self.rng = rng
        self.corpus = Corpus()
        self.serial = 0
        self.drafts = [Place(name=f"posts/draft{n}", kind="held") for n in (1, 2)]
        self.late = [Place(name=f"posts/late{n}", kind="held") for n in (1, 2)]
        self.posts = [self._plan_post(number) for number in range(1, count + 1)]
        self.of_topic = {
            name: [self._get_place(p) for p in places]
            for name, places in OF_TOPIC.items()
        }
        self.guides = {p.name: p for places in self.of_topic.values() for p in places}
        self.leading: defaultdict[str, set[int]] = defaultdict(set)
        self.listings: list[Listing] = []
        self.with_own_list: set[str] = set()
        # Nothing stands there, but it is an address that posts can lead to.
        self.gone = _away(f"https://{OWN}/guides/gone/")
        for post in self.posts:
            self._plan_guides(post)

    def run(self) -> Corpus:
        """Write all files, then what could be known only after them."""
        self._configure()
        self._write_registry()
        for place in GUIDE_PAGES:
            self._write_page(place)
        for place in PLAIN_PAGES:
            self._write_page(place)
        self._write_held_back()
        for post in self.posts:
            self._write_post(post)
        self._write_home()
        self._note_loops()
        self._list_on_generated_pages()
        self._list_at_the_end_of_guides()
        for listing in self.listings:
            self._note_listing(listing)
        self.corpus.posts = [post.place.name for post in self.posts]
        return self.corpus

    # Plans ----------------------------------------------------------------------------

    def _plan_post(self, number: int) -> Post:
        folder = "posts/2016" if number % 7 == 0 else "posts"
        stem = f"p{number:03}"
        place = Place(
            name=f"{folder}/{stem}",
            kind="post",
            anchors=(f"{stem}-part", f"more-of-{stem}"),
            key="pillar" if number == 4 else "",
            old=f"archive/{number}" if number % 9 == 0 else "",
        )
        topics = self.rng.sample(TOPICS, self.rng.choice((1, 1, 2, 2, 3)))
        guide_for = [BY_NAME["wheels"]] if number == 2 else []
        # The two posts that are guides lead to no post.
        if number in {2, 4}:
            topics = [BY_NAME["maps"]]
        day = dt.date(2015, 1, 1) + dt.timedelta(days=3 * number)
        odd_tag = {40: "whels", 41: "touringg"}.get(number, "")
        return Post(
            place=place,
            number=number,
            day=day,
            topics=topics,
            guide_for=guide_for,
            odd_tag=odd_tag,
        )

    def _get_place(self, place: Place | int) -> Place:
        return self.posts[place - 1].place if isinstance(place, int) else place

    def _plan_guides(self, post: Post) -> None:
        """Choose what the post names under ``guides``: only posts older than it."""
        for loop in LOOPS:
            if post.number in loop:
                after = loop[(loop.index(post.number) + 1) % len(loop)]
                place = self._get_place(after)
                post.named = [(place.name, place)]
        if post.number in PLANNED or self.rng.random() < 0.65:
            return
        if self.rng.random() < 0.2:
            post.named = []
            return
        older = [other.place for other in self.posts[: post.number - 1]]
        pool = [*self.guides.values(), *PLAIN_PAGES, *older[:30]]
        pool = [place for place in pool if place in older or place.kind != "post"]
        pool = list({place.name: place for place in pool}.values())
        places = self.rng.sample(pool, self.rng.choice((1, 1, 2, 3)))
        post.named = [(self._name(place), place) for place in places]
        if self.rng.random() < 0.15:
            url = f"https://else.example.com/{post.number}/"
            post.named.append((url, _away(url)))

    def list_guides(self, post: Post) -> list[Place]:
        """Return the guides of a post: those that it names, then those of its tags."""
        if post.named == []:
            return []
        places = [place for _, place in post.named or () if place]
        for topic in post.topics:
            places += self.of_topic.get(topic.name, ())
        unique = {place.name: place for place in places if place != post.place}
        return list(unique.values())

    # Small things ---------------------------------------------------------------------

    def _say(self, count: int = 3) -> str:
        return " ".join(self.rng.choice(WORDS) for _ in range(count))

    def _number(self) -> int:
        self.serial += 1
        return self.serial

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _warn(self, sheet: Sheet, line: int, type_: str, said: str) -> None:
        self.corpus.warnings.append(Warn(sheet.file, line, type_, said))

    def _edge(self, kind: str, sheet: Sheet, line: int, link: Spelled | Lead) -> None:
        edge = Edge(kind, sheet.docname, line, link.target, link.anchor)
        self.corpus.edges.append(edge)

    # How links are written ------------------------------------------------------------

    def _spell_address(self, place: Place) -> str:
        """Return one of the many URLs of a page; they have the same meaning."""
        if not place.is_here:
            host, _, path = place.name.partition("://")[2].partition("/")
            bare = f"{host.removeprefix('www.')}/{path}".rstrip("/")
        else:
            path = place.old if place.old and self._chance(0.4) else place.name
            bare = f"{self.rng.choice((OWN, OWN, OWN, OLD))}/{path}"
            bare = bare.removesuffix("/index")
        prefix = self.rng.choice(("https://", "https://www.", "http://", "http://www."))
        ending = self.rng.choice(
            ("", "/", "/", "/index.html", ".html", "/?utm_source=mail", "?fbclid=a1")
        )
        if ending == ".html" and ("/" not in bare or place.name.endswith("/index")):
            ending = "/index.html"
        if self._chance(0.1):
            host, _, path = bare.partition("/")
            bare = f"{host.upper()}/{path}"
        return prefix + bare + ending

    def _spell_url(self, place: Place) -> tuple[str, str]:
        """Return a URL of ``place``, and its anchor."""
        url = self._spell_address(place)
        anchors = place.anchors if place.is_here else ("there",)
        if not anchors or self._chance(0.6):
            return url, ""
        anchor = self.rng.choice(anchors)
        return f"{url}#{anchor}", anchor

    def _name(self, place: Place) -> str:
        """Return one of the names that lists of names take."""
        names = [place.name, place.key] if place.key else [place.name]
        names.append(self._spell_address(place))
        if place.is_here:
            names += [f"/{place.name}", f"{place.name}.md"]
        if place.kind == "post":
            names.append(place.last_part)
        return self.rng.choice(names)

    def _spell(self, sheet: Sheet, place: Place) -> Spelled:
        """Return a link in running text."""
        forms: list[Callable[[Sheet, Place], Spelled]] = [self._write_url]
        if place.is_here:
            forms += [self._write_path, self._write_doc]
        if place.key and place.kind != "held":
            forms += [self._write_guide_role, self._write_guide_role]
        if place.kind in {"post", "held"}:
            forms.append(self._write_post_role)
        if place.anchors:
            forms.append(self._write_label)
        if place.kind == "tag":
            forms = [self._write_url, self._write_doc, self._write_tag_role]
        return self.rng.choice(forms)(sheet, place)

    def _write_url(self, sheet: Sheet, place: Place) -> Spelled:
        url, anchor = self._spell_url(place)
        words = self._say(2)
        form = self.rng.randrange(6)
        if form == 5:
            label = f"ref {self._number()}"
            sheet.tail.append((f"[{label}]: {url}", ()))
            text = f"[{words}][{label}]"
        else:
            text = (
                f"[{words}]({url})",
                f"<{url}>",
                f"[*{words}* `code`](<{url}>)",
                f'[{words}]({url} "A title")',
                f"[{words}]({url})",
            )[form]
        target = place.name if place.is_here else url.partition("#")[0]
        return Spelled(text, place, target, anchor, url)

    def _write_path(self, sheet: Sheet, place: Place) -> Spelled:
        folder = posixpath.dirname(sheet.docname) or "."
        paths = [posixpath.relpath(place.name, folder) + ".md", f"/{place.name}.md"]
        anchor = place.anchors[0] if place.anchors and self._chance(0.3) else ""
        words = self._say(2) if self._chance(0.7) else ""
        path = self.rng.choice(paths) + (f"#{anchor}" if anchor else "")
        return Spelled(f"[{words}]({path})", place, place.name, anchor)

    def _write_doc(self, sheet: Sheet, place: Place) -> Spelled:
        folder = posixpath.dirname(sheet.docname) or "."
        relative = posixpath.relpath(place.name, folder)
        name = self.rng.choice((f"/{place.name}", relative))
        text = name if self._chance(0.5) else f"{self._say(2)} <{name}>"
        return Spelled(f"{{doc}}`{text}`", place, place.name)

    def _write_guide_role(self, sheet: Sheet, place: Place) -> Spelled:
        name = self.rng.choice((place.key, place.key, place.name))
        texts = (
            f"{{blog:guide}}`{name}`",
            f"{{blog:guide}}`{self._say(2)} <{name}>`",
            f"[](guide:{place.key})",
            f"[{self._say(2)}](guide:{place.key})",
            f"{{any}}`guide:{place.key}`",
        )
        return Spelled(self.rng.choice(texts), place, place.name)

    def _write_post_role(self, sheet: Sheet, place: Place) -> Spelled:
        name = place.name
        if place.kind == "post":
            name = self.rng.choice((place.name, place.last_part))
        texts = (
            f"{{blog:post}}`{name}`",
            f"{{blog:post}}`{self._say(2)} <{name}>`",
            f"[{self._say(2)}](post:{name})",
        )
        return Spelled(self.rng.choice(texts), place, place.name)

    def _write_tag_role(self, sheet: Sheet, place: Place) -> Spelled:
        topic = next(t for t in TOPICS if t.slug == place.last_part)
        name = self.rng.choice((*topic.spellings, topic.slug))
        texts = (
            f"{{blog:tag}}`{name}`",
            f"{{blog:tag}}`{self._say(2)} <{name}>`",
            f"[{self._say(2)}](tag:{topic.slug})",
        )
        return Spelled(self.rng.choice(texts), place, place.name)

    def _write_label(self, sheet: Sheet, place: Place) -> Spelled:
        label = place.anchors[0]
        texts = (
            f"{{ref}}`{label}`",
            f"{{ref}}`{self._say(2)} <{label}>`",
            f"[{self._say(2)}](#{label})",
        )
        return Spelled(self.rng.choice(texts), place, place.name, label)

    # Text -----------------------------------------------------------------------------

    def _choose_place(self, sheet: Sheet) -> Place:
        kind = self.rng.choice(("guide",) * 4 + ("page", "post", "away", "held", "tag"))
        if kind == "guide":
            return self.rng.choice(list(self.guides.values()))
        if kind == "away":
            return _away(f"https://else.example.com/read/{self.rng.randrange(50)}")
        if kind == "tag":
            slug = self.rng.choice(TOPICS).slug
            return Place(name=f"tags/{slug}", kind="tag")
        pools = {
            "page": PLAIN_PAGES,
            "post": [post.place for post in self.posts],
            "held": [*self.drafts, *self.late],
        }
        return self.rng.choice(pools[kind])

    def _note_links(self, sheet: Sheet, line: int, links: Iterable[Spelled]) -> None:
        """Note the edges of a line of text.

        A URL is one in posts only, and what stays within a page is none.
        """
        for link in links:
            is_within = link.place.name == sheet.docname and "](#" in link.text
            if not is_within and (sheet.is_post or not link.url):
                self._edge("body", sheet, line, link)
            if sheet.is_post:
                self._note_leading(sheet.docname, link.place)

    def _note_leading(self, docname: str, place: Place) -> None:
        if place.name != docname:
            number = int(docname[-3:])
            self.leading[place.name].add(number)

    def _is_guide(self, sheet: Sheet, place: Place) -> bool:
        """Tell whether a link to ``place`` makes a guide sentence of its paragraph."""
        if place.name == sheet.docname:
            return False
        post = self.posts[int(sheet.docname[-3:]) - 1]
        named = [p.name for _, p in post.named or () if p]
        return place.name in self.guides or place.name in named

    def _mark(self, sheet: Sheet, links: Iterable[Spelled]) -> str:
        """Return a word by which the paragraph of ``links`` is found again."""
        mark = f"mark{self._number():05}"
        if sheet.is_post:
            leads = any(self._is_guide(sheet, link.place) for link in links)
            self.corpus.marks.setdefault(sheet.docname, {})[mark] = leads
        return mark

    def _make_lines(self, sheet: Sheet) -> list[tuple[str, list[Spelled]]]:
        """Return the lines of a paragraph, with the links of each."""
        lines: list[tuple[str, list[Spelled]]] = []
        for _ in range(self.rng.choice((1, 1, 2, 3, 4))):
            share = self.rng.choice((0, 1, 1, 2))
            links = [
                self._spell(sheet, self._choose_place(sheet)) for _ in range(share)
            ]
            words = [self._say(), *(f"{link.text} {self._say(2)}" for link in links)]
            lines.append((" ".join(words), links))
        if self._chance(0.2):
            place = self.rng.choice(list(self.guides.values()))
            url = self._spell_address(place)
            lines.append((f"{self._say()} `{url}` {self._say()}", []))
            lines.append((f"{self._say()} {url} {self._say()}", []))
            link = Spelled(f"[{self._say()}]({url})", place, place.name, "", url)
            if not place.is_here:
                link = link._replace(target=url)
            lines.append((f"{self._say()} {link.text}", [link]))
        links = [link for _, found in lines for link in found]
        text, found = lines[0]
        lines[0] = (f"{self._mark(sheet, links)} {text}", found)
        text, found = lines[-1]
        lines[-1] = (f"{text}.", found)
        return lines

    def _write_lines(self, sheet: Sheet, first: str = "", more: str = "") -> None:
        prefix = first
        for text, links in self._make_lines(sheet):
            self._note_links(sheet, sheet.write(prefix + text), links)
            prefix = more

    def _write_paragraph(self, sheet: Sheet) -> None:
        self._write_lines(sheet)

    def _write_list(self, sheet: Sheet) -> None:
        for _ in range(self.rng.choice((1, 2, 3))):
            self._write_lines(sheet, "- ", "  ")
            if self._chance(0.3):
                self._write_lines(sheet, "  - ", "    ")

    def _write_numbered(self, sheet: Sheet) -> None:
        self._write_lines(sheet, "1. ", "   ")
        self._write_lines(sheet, "2. ", "   ")

    def _write_quote(self, sheet: Sheet) -> None:
        self._write_lines(sheet, "> ", "> ")

    def _write_note(self, sheet: Sheet) -> None:
        sheet.write("```{note}")
        self._write_lines(sheet)
        sheet.write("", self._say())
        sheet.write("```")

    def _write_heading(self, sheet: Sheet) -> None:
        link = self._spell(sheet, self._choose_place(sheet))
        line = sheet.write(f"## {self._say()} {self._number()} {link.text}")
        self._note_links(sheet, line, [link])
        sheet.write("", f"{self._mark(sheet, [])} {self._say()}.")

    def _write_table(self, sheet: Sheet) -> None:
        sheet.write("| one | other |", "|---|---|")
        for _ in range(self.rng.choice((1, 2, 3))):
            links = [self._spell(sheet, self._choose_place(sheet)) for _ in range(2)]
            cells = [f"{self._mark(sheet, [x])} {self._say()} {x.text}" for x in links]
            line = sheet.write(f"| {cells[0]} | {cells[1]} |")
            self._note_links(sheet, line, links)

    def _write_footnote(self, sheet: Sheet) -> None:
        number = self._number()
        sheet.write(f"{self._mark(sheet, [])} {self._say()}[^n{number}] {self._say()}.")
        link = self._spell(sheet, self._choose_place(sheet))
        text = f"{self._mark(sheet, [link])} {self._say()} {link.text}."
        sheet.tail.append((f"[^n{number}]: {text}", [link]))

    def _write_code(self, sheet: Sheet) -> None:
        url = self._spell_address(self.rng.choice(list(self.guides.values())))
        sheet.write(
            "```text", f"[{self._say()}]({url})", f"{{doc}}`/{CAMP.name}`", "```"
        )
        sheet.write("", f"<!-- <{url}> -->", "", f"    <{url}>")

    def _write_call(self, sheet: Sheet) -> None:
        places = [self._choose_call_place() for _ in range(2)]
        sheet.write(f"```{{call-to-action}} {self._say()}")
        for option, place in zip(("button", "second-button"), places, strict=True):
            name = place.key or place.name
            text = name if self._chance(0.5) else f"{self._say(2)} <{name}>"
            line = sheet.write(f":{option}: {text}")
            self._note_links(sheet, line, [Spelled(text, place, place.name)])
        sheet.write("", self._say(), "```")

    def _choose_call_place(self) -> Place:
        return self.rng.choice((*self.guides.values(), *PLAIN_PAGES))

    def _write_tail(self, sheet: Sheet) -> None:
        for text, links in sheet.tail:
            sheet.write("")
            self._note_links(sheet, sheet.write(text), links)

    # Blocks ---------------------------------------------------------------------------

    def _write_reading(self, sheet: Sheet) -> None:
        """Write a block of further reading in which nothing is wrong, or one thing."""
        pool = [
            *self.guides.values(),
            *PLAIN_PAGES,
            *(p.place for p in self.posts[:40]),
        ]
        unique = {place.name: place for place in pool if place.name != sheet.docname}
        pool = list(unique.values())
        chosen = self.rng.sample(pool, 9)
        items = chosen[: self.rng.choice((0, 0, 1, 2, 3))]
        guides = chosen[3 : 3 + self.rng.choice((0, 1, 2))]
        posts = [p for p in chosen[5:9] if p.kind == "post"]
        topics = self.rng.sample(TOPICS[:8], self.rng.choice((0, 0, 1, 2)))
        topics = [t for t in topics if t.name in self.of_topic]
        if not (items or guides or posts or topics):
            items = chosen[:2]
        start = sheet.write("```{further-reading}")
        options: list[str] = []
        limit = self.rng.choice((0, 0, 0, 1, 2, 3))
        layout = self.rng.choice(("", "list", "sentence", "cards"))
        unwanted = self.rng.sample(pool, self.rng.choice((0, 0, 2, 9)))
        option_leads = [Lead(p, start, p.name) for p in (*guides, *posts)]
        tag_leads = [
            Lead(place, start, place.name)
            for topic in topics
            for place in self.of_topic[topic.name]
        ]
        if guides:
            options.append(f":guides: {', '.join(self._name(p) for p in guides)}")
        if posts:
            names = [self.rng.choice((p.name, p.last_part)) for p in posts]
            options.append(f":posts: {', '.join(names)}")
        if topics:
            names = [self.rng.choice(topic.spellings) for topic in topics]
            options.append(f":tags: {', '.join(names)}")
        if unwanted:
            options.append(f":exclude: {', '.join(self._name(p) for p in unwanted)}")
        if limit:
            options.append(f":limit: {limit}")
        if layout:
            options.append(f":layout: {layout}")
        self.rng.shuffle(options)
        sheet.write(*options)
        leads = self._write_items(sheet, items)
        sheet.write("```")
        self._note_shown(sheet, [*leads, *option_leads, *tag_leads], unwanted, limit)

    def _write_items(self, sheet: Sheet, places: Sequence[Place]) -> list[Lead]:
        leads: list[Lead] = []
        if places and self._chance(0.5):
            sheet.write("")
        for place in places:
            link = self._spell_item(sheet, place)
            rest = f": {self._say()}" if self._chance(0.5) else ""
            line = sheet.write(f"- {link.text}{rest}")
            if rest and self._chance(0.3):
                sheet.write(f"  {self._say()} <https://else.example.com/inside/>.")
            leads.append(Lead(place, line, link.target, link.anchor))
        if leads and self._chance(0.15):
            again = self._spell_item(sheet, leads[0].place)
            line = sheet.write(f"- {again.text}")
            self._warn(sheet, line, READING, "stands twice")
        if leads and self._chance(0.1):
            line = sheet.write(f"- {sheet.docname}")
            self._warn(sheet, line, READING, "is this page itself")
        return leads

    def _spell_item(self, sheet: Sheet, place: Place) -> Spelled:
        """Return a link, or a bare name, which leads where the guide of it stands."""
        if self._chance(0.5):
            name = self._name(place)
            target = place.name
            return Spelled(name, place, target)
        tail = len(sheet.tail)
        while True:
            link = self._spell(sheet, place)
            # A block is parsed by itself: definitions of links stand outside of it.
            if len(sheet.tail) == tail:
                return link
            del sheet.tail[tail:]

    def _note_shown(
        self, sheet: Sheet, leads: Sequence[Lead], unwanted: Iterable[Place], limit: int
    ) -> None:
        """Note each page once, without what is not wanted, and no more than fit."""
        seen = {sheet.docname, *(place.name for place in unwanted)}
        shown: list[Lead] = []
        for lead in leads:
            if lead.place.name not in seen:
                shown.append(lead)
            seen.add(lead.place.name)
        for lead in shown[: limit or None]:
            self._edge("guide", sheet, lead.line, lead)

    def _write_own_reading(self, sheet: Sheet, post: Post) -> None:
        """Write the block that shows what the post leads to anyway."""
        if self.list_guides(post):
            sheet.write("```{further-reading}", "```")

    def _write_guide_posts(self, sheet: Sheet) -> None:
        place = self.rng.choice((*self.guides.values(), *PLAIN_PAGES[:3]))
        start = sheet.write("```{guide-posts}", f":guide: {self._name(place)}") - 1
        topics = self._choose_topics(sheet, "tags", 0.3)
        limit = self._choose_limit(sheet)
        if self._chance(0.5):
            sheet.write(f":group: {self.rng.choice(('tag', 'year', 'none'))}")
        sheet.write("```")
        self.with_own_list.add(sheet.docname)
        self.listings.append(
            Listing(sheet.docname, start, place, topics, frozenset(), None, limit)
        )

    def _write_post_list(self, sheet: Sheet) -> None:
        start = sheet.write("```{post-list}")
        wanted = self._choose_topics(sheet, "tags", 0.8)
        unwanted = self._choose_topics(sheet, "exclude", 0.3)
        year = self.rng.choice((None, None, 2015, 2016, 2017))
        if year:
            sheet.write(f":year: {year}")
        limit = self._choose_limit(sheet)
        sheet.write("```")
        self.listings.append(
            Listing(sheet.docname, start, None, wanted, unwanted, year, limit)
        )

    def _choose_topics(self, sheet: Sheet, option: str, share: float) -> frozenset[str]:
        if not self._chance(share):
            return frozenset()
        topics = self.rng.sample(TOPICS, self.rng.choice((1, 2)))
        names = [self.rng.choice(topic.spellings) for topic in topics]
        sheet.write(f":{option}: {', '.join(names)}")
        return frozenset(topic.name for topic in topics)

    def _choose_limit(self, sheet: Sheet) -> int:
        limit = self.rng.choice((0, 1, 3, 5))
        if limit:
            sheet.write(f":limit: {limit}")
        return limit

    def _write_post_card(self, sheet: Sheet) -> None:
        place = self.rng.choice(self.posts).place
        name = self.rng.choice((place.name, place.last_part))
        line = sheet.write(f"```{{post-card}} {name}", "```") - 1
        self.corpus.edges.append(Edge("list", sheet.docname, line, place.name))

    # Defects --------------------------------------------------------------------------

    def _write_dead_link(self, sheet: Sheet) -> None:
        number = self._number()
        url = f"https://{OWN}/posts/gone-{number}/"
        place = _away(url)
        link = Spelled(f"[{self._say()}]({url})", place, url, "", url)
        mark = self._mark(sheet, [])
        sheet.write(f"{mark} {self._say()}")
        line = sheet.write(f"{self._say()} {link.text} {self._say()}.")
        self._note_links(sheet, line, [link])
        if sheet.is_post:
            self._warn(sheet, line, LINK, f"gone-{number}/'")

    def _write_dead_anchor(self, sheet: Sheet) -> None:
        place = self.rng.choice((*GUIDE_PAGES, *PLAIN_PAGES))
        anchor = f"nowhere-{self._number()}"
        url = f"{self._spell_address(place)}#{anchor}"
        link = Spelled(f"<{url}>", place, place.name, anchor, url)
        sheet.write(f"- {self._mark(sheet, [])} {self._say()}")
        line = sheet.write(f"- {self._mark(sheet, [link])} {link.text} {self._say()}.")
        self._note_links(sheet, line, [link])
        if sheet.is_post:
            said = f"'{place.name}' has no part '#{anchor}'"
            self._warn(sheet, line, LINK, said)

    def _write_lost_roles(self, sheet: Sheet) -> None:
        for role, name, said in (
            ("guide", "wheel-caer", "did you mean 'wheel-care'?"),
            ("post", "posts/p9999", "no post 'posts/p9999'"),
            ("tag", "whee ls", "no tag 'whee ls'"),
        ):
            text = f"{self._mark(sheet, [])} {{blog:{role}}}`{name}` {self._say()}."
            self._warn(sheet, sheet.write(text), f"ref.{role}", said)
            sheet.write("")

    def _write_refused_items(self, sheet: Sheet) -> None:
        start = sheet.write("```{further-reading}", f"- {CAMP.name}") - 1
        self._edge("guide", sheet, start + 1, Lead(CAMP, start + 1, CAMP.name))
        for text in (
            "[x](javascript:alert(1))",
            "data:text/html,x",
            "only some words here",
            "*no* link",
        ):
            line = sheet.write(f"- {text}")
            self._warn(sheet, line, READING, "is no link that can be followed")
        line = sheet.write("- guides/camq")
        self._warn(sheet, line, "ref.name", "did you mean 'guides/camp'?")
        line = sheet.write(f"- https://{OWN}/nothing/here/")
        self._warn(sheet, line, LINK, "/nothing/here/'")
        url = f"https://{OWN}/nothing/here/"
        self._edge("guide", sheet, line, Lead(_away(url), line, url))
        url = self._spell_address(WHEELS)
        line = sheet.write(f"- [{self._say()}]({url}#nowhere)")
        self._warn(sheet, line, LINK, "'guides/wheels' has no part '#nowhere'")
        self._edge("guide", sheet, line, Lead(WHEELS, line, WHEELS.name, "nowhere"))
        sheet.write("```")

    def _write_lost_options(self, sheet: Sheet) -> None:
        start = sheet.write("```{further-reading}")
        for option, said in (
            (":guides: atlass, guides/tools, posts/draft1", "did you mean 'atlas'?"),
            (":posts: posts/p8888, draft2, late1", "no post 'posts/p8888'"),
            (":tags: lonely tag, awaited", "no guide is for the tag 'lonely tag'"),
        ):
            sheet.write(option)
            self._warn(sheet, start, READING, said)
        self._warn(sheet, start, READING, "'posts/draft1' is a draft")
        self._warn(sheet, start, READING, "'draft2' is a draft")
        sheet.write(":limit: many", ":layout: table", "```")
        self._warn(sheet, start, DIRECTIVE, ":limit:")
        self._warn(sheet, start, DIRECTIVE, ":layout:")
        self._edge("guide", sheet, start, Lead(TOOLS, start, TOOLS.name))

    def _write_empty_blocks(self, sheet: Sheet) -> None:
        if not sheet.is_post:
            start = sheet.write("```{further-reading}", "```", "") - 2
            self._warn(sheet, start, READING, "there is nothing to show")
        start = sheet.write("```{further-reading}", "", self._say(), "```") - 3
        self._warn(sheet, start + 2, READING, "is no link that can be followed")
        self._warn(sheet, start, READING, "it holds no links")

    def _write_twice_in_options(self, sheet: Sheet) -> None:
        start = sheet.write("```{further-reading}")
        sheet.write(f":guides: {WHEELS.key}, {NIGHT.key}, /{sheet.docname}")
        sheet.write(f":posts: {self.posts[3].place.name}, p004")
        line = sheet.write(f"- [{self._say()}]({self._spell_address(WHEELS)})")
        sheet.write("```")
        self._warn(sheet, start, READING, "stands twice")
        self._warn(sheet, start, READING, "is this page itself")
        self._warn(sheet, start, READING, "stands twice")
        pillar = self.posts[3].place
        leads = [Lead(place, start, place.name) for place in (NIGHT, pillar)]
        self._note_shown(sheet, [Lead(WHEELS, line, WHEELS.name), *leads], (), 0)

    def _write_lost_lists(self, sheet: Sheet) -> None:
        self.with_own_list.add(sheet.docname)
        start = sheet.write("```{guide-posts}", ":guide: wheel-cane", "```", "") - 3
        self._warn(sheet, start, GUIDE, "did you mean 'wheel-care'?")
        start = sheet.write("```{guide-posts}", ":guide: posts/draft2", "```", "") - 3
        self._warn(sheet, start, GUIDE, "'posts/draft2' is a draft")
        start = sheet.write("```{guide-posts}", ":guide: late2", "```", "") - 3
        start = sheet.write("```{guide-posts}", ":group: colour", "```", "") - 3
        self._warn(sheet, start, DIRECTIVE, ":group:")
        here = next((p for p in PLAIN_PAGES if p.name == sheet.docname), None)
        here = here or Place(name=sheet.docname, kind="page")
        self.listings.append(
            Listing(sheet.docname, start, here, frozenset(), frozenset(), None, 0)
        )
        start = sheet.write("```{post-card} posts/p7777", "```") - 1
        self._warn(sheet, start, DIRECTIVE, "there is no post 'posts/p7777'")

    # Files ----------------------------------------------------------------------------

    def _configure(self) -> None:
        tags = {
            topic.name: {
                "slug": topic.slug,
                "aliases": [topic.alias] if topic.alias else [],
            }
            for topic in TOPICS
        }
        self.corpus.conf = {
            "html_baseurl": f"https://{OWN}/",
            "leadposts_own_domains": [OLD],
            "leadposts_tags": tags,
            "leadposts_guides": "guides.yaml",
            "leadposts_page_size": PAGE_SIZE,
            "leadposts_archives": ["tags"],
        }

    def _finish(self, sheet: Sheet) -> None:
        self.corpus.files[sheet.file] = "\n".join([*sheet.lines, ""])

    def _write_registry(self) -> None:
        """Write ``guides.yaml``; each entry is reported at its first line."""
        sheet = Sheet("guides", is_post=False)
        sheet.file = "guides.yaml"
        sheet.write("# The guides of this site")
        sheet.write(
            "wheel-care:", "  title: The care of wheels", "  target: guides/wheels"
        )
        sheet.write("  tags: [Wheels]", "  reviewed: 2026-01-15")
        sheet.write("cold-start:", f"  target: http://www.{OWN}/guides/cold.html")
        sheet.write("  tags:", "    - frost", "    - repairs")
        sheet.write(f"atlas: {{target: '{ATLAS.name}', tags: [maps]}}")
        sheet.write("guides/tools:", "pillar: {target: p004, tags: [touring]}")
        sheet.write("night:", "  tags: [night rides]", "  target: /guides/night")
        sheet.write("shop:", f"  target: {SHOP.name}", "  tags: [MAPS]")
        sheet.write("colours: {target: guides/paint.md, tags: [paint]}")
        self._write_bad_entries(sheet)
        self._finish(sheet)

    def _write_bad_entries(self, sheet: Sheet) -> None:
        config = "leadposts.config"
        entries = (
            ("twin: guides/wheels", GUIDE, "is the guide 'wheel-care' already"),
            ("soon: {target: posts/draft1, tags: [awaited]}", GUIDE, "is a draft"),
            ("some-day: {target: late1, tags: [awaited]}", "", ""),
            ("lost: {target: guides/wheelz}", GUIDE, "did you mean 'guides/wheels'?"),
            (f"gone: https://{OWN}/guides/gone/", GUIDE, "no page stands there"),
            ("evil: 'javascript:alert(1)'", config, "evil: target"),
            ("data: {target: 'data:text/html,x'}", config, "data: target"),
            (
                "slip: {target: 'https://slip.example.com/', tags: [wheles]}",
                GUIDE,
                "no post has the tag 'wheles'; did you mean",
            ),
            (
                "tile: {target: 'https://tile.example.com/', tile: T}",
                config,
                "did you mean 'title'?",
            ),
        )
        for text, type_, said in entries:
            line = sheet.write(text)
            if type_:
                self._warn(sheet, line, type_, said)
        for key in ("slip", "tile"):
            place = _away(f"https://{key}.example.com/", key)
            self.guides[place.name] = place

    def _write_page(self, place: Place) -> None:
        """Write a document that is no post: a guide, or any other page."""
        sheet = Sheet(place.name, is_post=False)
        sheet.write("---", "orphan: true")
        if place in GUIDE_FOR:
            line = sheet.write(f"guide_for: [{', '.join(GUIDE_FOR[place])}]")
            if place is PAINT:
                said = "'guide_for' says touring, but leadposts_guides (colours) says"
                self._warn(sheet, line, GUIDE, said)
        sheet.write("---", f"# About {place.name}", "", self._say(), "")
        self._write_parts(sheet, place)
        writers = self._list_writers()
        if place in PLAIN_PAGES:
            writers += [self._write_guide_posts, self._write_post_card]
        for write in self.rng.choices(writers, k=6):
            write(sheet)
            sheet.write("")
        if place in PLAIN_PAGES:
            self._write_defects_of_page(sheet, PLAIN_PAGES.index(place))
        if place in {CAMP, DEEP}:
            self._write_own_list(sheet, place)
        self._write_tail(sheet)
        self._finish(sheet)

    def _write_parts(self, sheet: Sheet, place: Place) -> None:
        label, heading = place.anchors
        words = heading.replace("-", " ").capitalize()
        sheet.write(f"({label})=", "", f"## {words}", "", self._say(), "")

    def _write_own_list(self, sheet: Sheet, place: Place) -> None:
        """Write the list of a guide where its author wants it."""
        start = sheet.write("```{guide-posts}", ":limit: 4", "```", "") - 3
        self.with_own_list.add(sheet.docname)
        nothing: frozenset[str] = frozenset()
        listing = Listing(sheet.docname, start, place, nothing, nothing, None, 4)
        self.listings.append(listing)

    def _list_writers(self) -> list[Callable[[Sheet], None]]:
        return [
            *(self._write_paragraph, self._write_paragraph, self._write_paragraph),
            *(self._write_list, self._write_quote, self._write_numbered),
            *(self._write_heading, self._write_table, self._write_footnote),
            *(self._write_note, self._write_code, self._write_reading),
            self._write_post_list,
        ]

    def _write_defects_of_page(self, sheet: Sheet, index: int) -> None:
        defects = (
            self._write_refused_items,
            self._write_lost_options,
            self._write_empty_blocks,
            self._write_twice_in_options,
            self._write_lost_lists,
            self._write_lost_roles,
            self._write_dead_link,
            self._write_dead_anchor,
        )
        defects[index % len(defects)](sheet)
        sheet.write("")

    def _write_held_back(self) -> None:
        heads = {"draft": "draft: true", "late": "date: 2999-01-01"}
        for place in (*self.drafts, *self.late):
            sheet = Sheet(place.name, is_post=True)
            sheet.write("---", f"title: Held back {place.last_part}")
            sheet.write(heads[place.last_part[:-1]], "tags: [post, wheels]", "---", "")
            sheet.write(f"[{self._say()}](https://{OWN}/posts/also-gone/)")
            self._finish(sheet)

    def _write_home(self) -> None:
        sheet = Sheet("index", is_post=False)
        sheet.write("# Home", "", self._say(), "")
        self._write_reading(sheet)
        sheet.write("")
        self._write_post_list(sheet)
        sheet.write("", "```{toctree}", "blog/index", "guides/wheels", "```", "")
        self._write_tail(sheet)
        self._finish(sheet)

    def _write_post(self, post: Post) -> None:
        sheet = Sheet(post.place.name, is_post=True)
        self._write_head(sheet, post)
        sheet.write("", f"{self._mark(sheet, [])} {self._say(6)}.", "")
        if self._chance(0.9):
            self._write_body(sheet, post)
        self._write_parts(sheet, post.place)
        self._write_tail(sheet)
        self._finish(sheet)

    def _write_body(self, sheet: Sheet, post: Post) -> None:
        writers = [*self._list_writers(), self._write_call]
        for write in self.rng.choices(writers, k=self.rng.choice((1, 2, 3, 4))):
            write(sheet)
            sheet.write("")
        if self._chance(0.1):
            self._write_own_reading(sheet, post)
            sheet.write("")
        defects: list[Callable[[Sheet], None]] = [
            *(self._write_dead_link, self._write_dead_anchor),
            *(self._write_refused_items, self._write_lost_options),
            *(self._write_empty_blocks, self._write_lost_roles),
            *(self._write_twice_in_options, self._write_dead_link),
        ]
        if post.number not in PLANNED and self._chance(0.15):
            self.rng.choice(defects)(sheet)
            sheet.write("")

    def _write_head(self, sheet: Sheet, post: Post) -> None:
        """Write the front matter; its lines are those of the relations of a post."""
        sheet.write("---", f"title: Ride {post.number:03}", f"date: {post.day}")
        names = [self.rng.choice(topic.spellings) for topic in post.topics]
        if post.odd_tag:
            names.append(post.odd_tag)
        lines = {"tags": sheet.write(f"tags: [{', '.join(['post', *names])}]")}
        if post.odd_tag:
            said = f"the tag '{post.odd_tag}' stands alone; did you mean"
            self._warn(sheet, lines["tags"], "leadposts.tag", said)
        if post.place.old:
            sheet.write(f"redirect_from: /{post.place.old}/")
        if post.guide_for:
            names = [topic.name for topic in post.guide_for]
            sheet.write(f"guide_for: [{', '.join(names)}]")
        if post.number in {50, 150}:
            line = sheet.write("guide: [wheel-care]")
            said = "'guide' is no key that is known here; did you mean 'guides'?"
            self._warn(sheet, line, FRONT_MATTER, said)
        if post.named is not None:
            lines["guides"] = self._write_guides(sheet, post)
        sheet.write("---")
        named = {place.name for _, place in post.named or () if place}
        for place in self.list_guides(post):
            line = lines["guides" if place.name in named else "tags"]
            self._edge("guide", sheet, line, Lead(place, line, place.name))
            self._note_leading(sheet.docname, place)

    def _write_guides(self, sheet: Sheet, post: Post) -> int:
        names = [name for name, _ in post.named or ()]
        line = len(sheet.lines) + 1
        is_whole = not names or post.number in PLANNED
        if not is_whole and self._chance(0.35):
            names += self._add_lost_names(sheet, post, line)
        quoted = [f"'{name}'" if ":" in name else name for name in names]
        if names and self._chance(0.3):
            sheet.write("guides:", *(f"  - {name}" for name in quoted))
        else:
            sheet.write(f"guides: [{', '.join(quoted)}]")
        return line

    def _add_lost_names(self, sheet: Sheet, post: Post, line: int) -> list[str]:
        """Return a name that is wrong, and say what has to be said of it."""
        _, first = (post.named or [("", None)])[0]
        again = first.name if first else ""
        wrong = [
            ("wheel-crae", "did you mean 'wheel-care'?"),
            ("guides/camb", "did you mean 'guides/camp'?"),
            ("javascript:alert(1)", "it takes the key of a guide"),
            ("posts/draft1", "'posts/draft1' is a draft"),
            ("soon", "'soon' is a draft"),
            ("late2", ""),
            (post.place.name, "is this post itself"),
            (f"https://{OWN}/guides/gone/", "no page stands there"),
        ]
        if again not in {name for name, _ in post.named or ()}:
            wrong.append((again, "stands twice"))
        name, said = self.rng.choice(wrong)
        if said:
            self._warn(sheet, line, GUIDE, said)
        if name == self.gone.name and post.named is not None:
            post.named.append((name, self.gone))
        return [name]

    # What is known at last ------------------------------------------------------------

    def _note_loops(self) -> None:
        for loop in LOOPS:
            names = [self._get_place(number).name for number in loop]
            start = names.index(min(names))
            circle = [*names[start:], *names[: start + 1]]
            lines = self.corpus.files[f"{circle[0]}.md"].split("\n")
            line = next(n for n, t in enumerate(lines, 1) if t.startswith("guides:"))
            said = " → ".join(circle) + "."
            self.corpus.warnings.append(Warn(f"{circle[0]}.md", line, GUIDE, said))

    def _list_on_generated_pages(self) -> None:
        """Note what the pages of the blog and of the tags show."""
        newest = [post.place.name for post in reversed(self.posts)]
        self._note_run("blog/index", newest)
        for topic in TOPICS:
            posts = [p.place.name for p in reversed(self.posts) if topic in p.topics]
            if posts:
                self._note_run(f"tags/{topic.slug}", posts)
        for post in self.posts:
            if post.odd_tag:
                self._note_run(f"tags/{post.odd_tag}", [post.place.name])

    def _note_run(self, first: str, posts: Sequence[str]) -> None:
        folder = first.removesuffix("/index")
        rest, number = [*posts], 0
        while rest:
            number += 1
            page = first if number == 1 else f"{folder}/page/{number}"
            # No page of its own for fewer than a quarter of one.
            is_last = len(rest) <= PAGE_SIZE + PAGE_SIZE // 4
            size = len(rest) if is_last else PAGE_SIZE
            for name in rest[:size]:
                self.corpus.edges.append(Edge("list", page, None, name))
            del rest[:size]

    def _list_at_the_end_of_guides(self) -> None:
        nothing: frozenset[str] = frozenset()
        for place in self.guides.values():
            if place.is_here and place.name not in self.with_own_list:
                listing = Listing(place.name, None, place, nothing, nothing, None, 0)
                self.listings.append(listing)
                numbers = self.leading[place.name]
                names = {self.posts[number - 1].place.name for number in numbers}
                self.corpus.leading[place.name] = names

    def _note_listing(self, listing: Listing) -> None:
        """Note the posts of a list, newest first; none lists itself."""
        shown = [
            post.place.name
            for post in reversed(self.posts)
            if post.place.name != listing.source and self._is_listed(post, listing)
        ]
        for name in shown[: listing.limit or None]:
            edge = Edge("list", listing.source, listing.line, name)
            self.corpus.edges.append(edge)

    def _is_listed(self, post: Post, listing: Listing) -> bool:
        names = {topic.name for topic in post.topics}
        place, wanted = listing.place, listing.wanted
        if place and post.number not in self.leading[place.name]:
            return False
        if wanted and not names & wanted:
            return False
        if listing.year and post.day.year != listing.year:
            return False
        return not names & listing.unwanted
