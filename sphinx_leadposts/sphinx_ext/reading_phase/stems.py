"""What a post is about, in the stems that Sphinx's own search knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_leadposts.model.related_terms import (
    collect_terms,
    number_stem,
    pack_terms,
)
from sphinx_leadposts.sphinx_ext.texts import read_text

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.search import SearchLanguage

    from sphinx_leadposts.sphinx_ext.stemmer import Stemmer

#: How often a word counts in the title, and in a heading; in the text it counts once.
_TITLE: Final = 3
_HEADING: Final = 2
#: The number of a word that says nothing: a stop word, or a number.
_NOTHING: Final = -1


class StemReader:
    """Reads what posts are about.

    :param stemmer: knows the language of the site.
    """

    def __init__(self, stemmer: Stemmer) -> None:
        self._stemmer = stemmer
        # Most words stand in many posts.
        self._numbers: dict[str, int] = {}
        self._stems: dict[int, str] = {}

    def read(self, config: Config, section: nodes.section, text: str) -> bytes:
        """Return the packed terms of a post.

        :param section: its body, with the title.
        :param text: what a reader reads of it.
        """
        language = self._stemmer.get_language(config)
        words = Counter(language.split(text))
        for heading in section.findall(nodes.title):
            weight = _TITLE if heading.parent is section else _HEADING
            for word in language.split(read_text(heading)):
                words[word] += weight - 1
        counts: defaultdict[int, int] = defaultdict(int)
        numbers = self._numbers
        for word, count in words.items():
            number = numbers.get(word)
            counts[self._number(word, language) if number is None else number] += count
        counts.pop(_NOTHING, None)
        return pack_terms(collect_terms(counts, self._stems))

    def _number(self, word: str, language: SearchLanguage) -> int:
        """Return the number of the stem of ``word``, and remember both."""
        stem = ""
        # IndexBuilder.feed leaves out what the filter refuses, too.
        if language.word_filter(word.lower()):
            stem = language.stem(word).lower()
        is_said = bool(stem) and language.word_filter(stem)
        number = number_stem(stem) if is_said else _NOTHING
        self._numbers[word] = number
        self._stems.setdefault(number, stem)
        return number
