"""Posts made up from a seed: the same for every contender and on every machine.

Words are drawn by a power law from a vocabulary of made-up ones. As in a real text, a
few words are everywhere and most are rare, so related posts and search indexes cost
what they would cost on a real blog. A post does not depend on how many others there
are, its date excepted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKER: Final = "post"
SECTIONS: Final = 5
TAGS: Final = 40
INTRODUCTION_WORDS: Final = 60
SECTION_WORDS: Final = (116, 160)

_FIRST_DAY: Final = date(2015, 1, 1)
_DAYS: Final = 3600
_VOCABULARY_SIZE: Final = 6000
_SHORT_WORDS: Final = 150
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
class Post:
    """One post, before it is written down for a contender."""

    name: str
    title: str
    date: date
    tags: tuple[str, ...]
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
    """A vocabulary with frequencies, and the tags of a blog written in it."""

    def __init__(self, seed: int) -> None:
        self.vocabulary = _make_vocabulary(generator(seed, "vocabulary"))
        self._word_weights = _power_law(len(self.vocabulary), shift=2.7)
        long_words = self.vocabulary[_SHORT_WORDS:]
        self.tags = generator(seed, "tags").sample(long_words, TAGS)
        self._tag_weights = _power_law(TAGS, shift=1.0)

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


class Author:
    """Writes the text of one post.

    :param links: the names of posts that the text may link to
    """

    def __init__(
        self, language: Language, rng: random.Random, links: Sequence[str] = ()
    ) -> None:
        self._language = language
        self._rng = rng
        self._links = links

    def write_title(self) -> str:
        """Return three to seven words, the first with a capital."""
        words = self._language.draw_words(self._rng, self._rng.randint(3, 7))
        return " ".join(words).capitalize()

    def write_sentence(self, count: int) -> str:
        """Return a sentence of so many words, at times with a bold word or a link."""
        words = self._language.draw_words(self._rng, count)
        words[0] = words[0].capitalize()
        if count > 12:
            words[count // 2] += ","
        chance = self._rng.random()
        if chance < 0.12:
            words[-1] = f"**{words[-1]}**"
        elif chance < 0.17:
            words[-1] = f"[{words[-1]}](https://example.org/{words[-1]})"
        elif chance < 0.2 and self._links:
            words[-1] = f"[{words[-1]}]({self._rng.choice(self._links)}.md)"
        return " ".join(words) + "."

    def write_paragraph(self, count: int) -> str:
        """Return sentences of together so many words."""
        return " ".join(self._write_sentences(count))

    def _write_sentences(self, count: int) -> Iterator[str]:
        """Yield sentences until so many words are used up."""
        while count > 0:
            length = self._rng.randint(8, 22)
            # No crumb of a sentence at the end.
            length = count if count - length < 5 else length
            yield self.write_sentence(length)
            count -= length

    def _write_list(self, count: int) -> str:
        """Return a list whose points have together so many words."""
        points = max(2, count // 9)
        return "\n".join(f"- {self.write_sentence(9)}" for _ in range(points))

    def _write_section(self) -> Iterator[str]:
        """Yield the blocks of one section: two paragraphs, at times a list between."""
        yield f"## {self.write_title()}"
        words = self._rng.randint(*SECTION_WORDS)
        first = words // 3
        yield self.write_paragraph(first)
        if self._rng.random() < 0.35:
            yield self._write_list(36)
            words -= 36
        yield self.write_paragraph(words - first)

    def write_body(self) -> str:
        """Return an introduction and the sections, without a first heading."""
        blocks = [self.write_paragraph(INTRODUCTION_WORDS)]
        for _ in range(SECTIONS):
            blocks += self._write_section()
        return "\n\n".join(blocks) + "\n"


def write_post(
    language: Language, seed: int, number: int, *, total: int, pictures: bool
) -> Post:
    """Return post ``number``, the older the smaller the number.

    A number from ``total`` on is a post newer than all others.
    """
    rng = generator(seed, "post", number)
    links = [post_name(rng.randrange(number)) for _ in range(min(number, 3))]
    author = Author(language, rng, links)
    return Post(
        name=post_name(number),
        title=author.write_title(),
        date=_FIRST_DAY + timedelta(days=number * _DAYS // total),
        tags=(MARKER, *language.draw_tags(rng, rng.randint(1, 4))),
        description=author.write_paragraph(20) if number % 2 else None,
        body=author.write_body(),
        picture=f"picture-{number:05d}.jpg" if pictures else None,
    )


def write_posts(
    language: Language, seed: int, total: int, *, pictures: bool
) -> list[Post]:
    """Return so many posts, the oldest first."""
    return [
        write_post(language, seed, number, total=total, pictures=pictures)
        for number in range(total)
    ]
