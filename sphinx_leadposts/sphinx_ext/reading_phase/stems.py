"""What a post is about, in the stems that Sphinx's own search knows."""

from __future__ import annotations

from collections import Counter
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
        self._numbers: _StemNumbers | None = None

    def read(self, config: Config, section: nodes.section, text: str) -> bytes:
        """Return the packed terms of a post.

        :param section: its body, with the title.
        :param text: what a reader reads of it.
        """
        language = self._stemmer.get_language(config)
        if self._numbers is None:
            self._numbers = _StemNumbers(language)
        numbers = self._numbers
        # One pass without a line of Python for each word: this is the larger part of
        # what related posts cost.
        counts = Counter(map(numbers.__getitem__, language.split(text)))
        for heading in section.findall(nodes.title):
            weight = _TITLE if heading.parent is section else _HEADING
            for word in language.split(read_text(heading)):
                counts[numbers[word]] += weight - 1
        del counts[_NOTHING]
        return pack_terms(collect_terms(counts, numbers.stems))


class _StemNumbers(dict[str, int]):
    """The number of each word's stem, found when it is first asked for."""

    def __init__(self, language: SearchLanguage) -> None:
        super().__init__()
        self._language = language
        #: The stems by their numbers.
        self.stems: dict[int, str] = {}

    def __missing__(self, word: str) -> int:
        stem = ""
        # IndexBuilder.feed leaves out what the filter refuses, too.
        if self._language.word_filter(word.lower()):
            stem = self._language.stem(word).lower()
        is_said = bool(stem) and self._language.word_filter(stem)
        number = number_stem(stem) if is_said else _NOTHING
        self.stems.setdefault(number, stem)
        self[word] = number
        return number
