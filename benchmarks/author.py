"""The texts of posts: sentences, paragraphs, lists and sections of made-up words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from corpus import Language

SECTIONS: Final = 5
INTRODUCTION_WORDS: Final = 60
SECTION_WORDS: Final = (116, 160)


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
            # Of another site than the one built, which checks links to itself.
            words[-1] = f"[{words[-1]}](https://example.net/{words[-1]})"
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
