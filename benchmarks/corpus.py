"""Posts made up from a seed: the same for every contender and on every machine.

Words are drawn by a power law from a vocabulary of made-up ones. As in a real text, a
few words are everywhere and most are rare, so related posts and search indexes cost
what they would cost on a real blog. A post does not depend on how many others there
are, its date excepted: a series may lack its last parts, but none between.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from author import Author

MARKER: Final = "post"
TAGS: Final = 40
CATEGORIES: Final = 6
AUTHORS: Final = 5
#: One post in so many is part of a series, which has so many parts.
SERIES_EVERY: Final = 10
SERIES_PARTS: Final = 5
FEATURED_EVERY: Final = 100

_FIRST_DAY: Final = date(2015, 1, 1)
_DAYS: Final = 3600
_VOCABULARY_SIZE: Final = 6000
_SHORT_WORDS: Final = 150
#: Where in its ten and its hundred a post of a series and a featured one stands. Not
#: at the beginning, so that the post added to a round number of them is neither.
_SERIES_PLACE: Final = 3
_FEATURED_PLACE: Final = 42
_ONSETS: Final = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
)
_NUCLEI: Final = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_CODAS: Final = ("", "", "", "l", "m", "n", "nd", "r", "s", "st", "t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of which series a post is, counted from 1."""

    series: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, before it is written down for a contender."""

    name: str
    title: str
    date: date
    tags: tuple[str, ...]
    category: str
    author: str
    part: Part | None
    is_featured: bool
    description: str | None
    body: str
    picture: str | None = None

    @property
    def words(self) -> int:
        """The number of words of the body, roughly as a reader counts them."""
        return len(self.body.split())


def generator(*key: object) -> random.Random:
    """Return the generator that belongs to this key, apart from all others."""
    text = "/".join(str(part) for part in key)
    return random.Random(text)  # noqa: S311 - a text generator keeps no secrets


def post_name(number: int) -> str:
    """Return the file name of a post, without its suffix."""
    return f"post-{number:05d}"


class Language:
    """A vocabulary with frequencies, and what a blog written in it sorts its posts by.

    The tags, categories and authors stand in the order of their frequency.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.vocabulary = _make_vocabulary(generator(seed, "vocabulary"))
        self._word_weights = _power_law(len(self.vocabulary), shift=2.7)
        long_words = self.vocabulary[_SHORT_WORDS:]
        self.tags = generator(seed, "tags").sample(long_words, TAGS)
        self._tag_weights = _power_law(TAGS, shift=1.0)
        names = generator(seed, "names").sample(long_words, CATEGORIES + 2 * AUTHORS)
        names = [name.capitalize() for name in names]
        self.categories = names[:CATEGORIES]
        given, family = names[CATEGORIES::2], names[CATEGORIES + 1 :: 2]
        pairs = zip(given, family, strict=True)
        self.authors = [" ".join(pair) for pair in pairs]

    def draw_words(self, rng: random.Random, count: int) -> list[str]:
        """Return words, the frequent ones more often."""
        weights = self._word_weights
        return rng.choices(self.vocabulary, cum_weights=weights, k=count)

    def draw_tags(self, rng: random.Random, count: int) -> tuple[str, ...]:
        """Return so many different tags, the frequent ones more often."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[rng.choices(self.tags, cum_weights=self._tag_weights)[0]] = None
        return tuple(found)

    def draw_category(self, rng: random.Random) -> str:
        """Return a category, a frequent one more often."""
        weights = _power_law(CATEGORIES, shift=1.0)
        return rng.choices(self.categories, cum_weights=weights)[0]

    def draw_author(self, rng: random.Random) -> str:
        """Return the name of an author, a busy one more often."""
        return rng.choices(self.authors, cum_weights=_power_law(AUTHORS, shift=1.0))[0]

    def name_series(self, number: int) -> str:
        """Return the name of series ``number``, counted from 0: three rare words."""
        rng = generator(self._seed, "series", number)
        return " ".join(rng.sample(self.vocabulary[_SHORT_WORDS:], 3)).capitalize()


def _power_law(count: int, *, shift: float) -> list[float]:
    """Return cumulated Zipf-Mandelbrot weights of so many ranks."""
    return list(accumulate(1 / (rank + shift) for rank in range(count)))


def _make_vocabulary(rng: random.Random) -> list[str]:
    """Return different pronounceable words, the shortest first as in a language."""
    found: dict[str, None] = {}
    while len(found) < _VOCABULARY_SIZE:
        syllables = 1 if len(found) < _SHORT_WORDS else rng.choice((2, 2, 3, 3, 4))
        parts = ((_ONSETS, _NUCLEI) for _ in range(syllables))
        word = "".join(rng.choice(onset) + rng.choice(core) for onset, core in parts)
        found[word + rng.choice(_CODAS)] = None
    return list(found)


def find_part(language: Language, number: int) -> Part | None:
    """Return which part of which series post ``number`` is, ``None`` for most."""
    turn, place = divmod(number, SERIES_EVERY)
    if place != _SERIES_PLACE:
        return None
    series, part = divmod(turn, SERIES_PARTS)
    return Part(series=language.name_series(series), number=part + 1)


def write_post(
    language: Language, seed: int, number: int, *, total: int, pictures: bool
) -> Post:
    """Return post ``number``, the older the smaller the number.

    A number from ``total`` on is a post newer than all others.
    """
    rng = generator(seed, "post", number)
    links = [post_name(rng.randrange(number)) for _ in range(min(number, 3))]
    author = Author(language, rng, links)
    # Apart from the text, so that it stays the same whatever posts are sorted by.
    shelf = generator(seed, "shelf", number)
    return Post(
        name=post_name(number),
        title=author.write_title(),
        date=_FIRST_DAY + timedelta(days=number * _DAYS // total),
        tags=(MARKER, *language.draw_tags(rng, rng.randint(1, 4))),
        category=language.draw_category(shelf),
        author=language.draw_author(shelf),
        part=find_part(language, number),
        is_featured=number % FEATURED_EVERY == _FEATURED_PLACE,
        description=author.write_paragraph(20) if number % 2 else None,
        body=author.write_body(),
        picture=f"picture-{number:05d}.jpg" if pictures else None,
    )


def write_posts(
    language: Language, seed: int, total: int, *, pictures: bool
) -> list[Post]:
    """Return so many posts, the oldest first; no two have the same title."""
    titles: set[str] = set()
    posts = []
    for number in range(total):
        post = write_post(language, seed, number, total=total, pictures=pictures)
        # Of thousands some meet, and a build that warns of it is not measured.
        if post.title in titles:
            post = replace(post, title=f"{post.title} {number}")
        titles.add(post.title)
        posts.append(post)
    return posts
