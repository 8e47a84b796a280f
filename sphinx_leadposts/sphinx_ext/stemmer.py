"""Stems of words, as Sphinx's own search finds them, each word looked at once.

Sphinx's index asks for the stem of each word of each document anew
(``IndexBuilder.feed``), and the stemmers are written in plain Python: on a blog that is
a fifth of the whole build. A stem follows from its word alone, so it can be kept: in
all languages but Chinese.
"""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING, Final

from sphinx.search import languages

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.search import SearchLanguage

#: So many words are kept; no blog in one language has more that matter.
_MOST_WORDS: Final = 200_000


class Stemmer:
    """The language of one site, with a memory for the stems of its words."""

    def __init__(self) -> None:
        self._language: SearchLanguage | None = None

    def get_language(self, config: Config) -> SearchLanguage:
        """Return what splits and stems the words of the site."""
        if self._language is None:
            self._language = _load_language(config)
            if _follows_from_word(self._language):
                # On the object, which hides the method of its class.
                remember = functools.lru_cache(maxsize=_MOST_WORDS)
                setattr(self._language, _STEM, remember(self._language.stem))
        return self._language

    def share(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Let the search index of the builder, if it has one, use the same memory."""
        # It exists only from StandaloneHTMLBuilder.prepare_writing on.
        indexer = getattr(app.builder, "indexer", None)
        language = getattr(indexer, "lang", None)
        own = self.get_language(app.config)
        memory = vars(own).get(_STEM)
        if memory and type(language) is type(own) and _STEM not in vars(language):
            setattr(language, _STEM, memory)


_STEM: Final = "stem"


def _follows_from_word(language: SearchLanguage) -> bool:
    """Tell whether a stem depends on nothing but its word.

    ``SearchChinese.stem`` stems those words that its ``split`` met as Latin ones.
    """
    return not hasattr(language, "latin_terms")


def _load_language(config: Config) -> SearchLanguage:
    name = config.html_search_language or config.language
    # As IndexBuilder.__init__ finds it.
    found = languages.get(name) or languages.get(name.partition("_")[0])
    found = found or languages["en"]
    if isinstance(found, str):
        module, _, class_name = found.rpartition(".")
        found = getattr(import_module(module), class_name)
    language: SearchLanguage = found(config.html_search_options)
    return language


def setup_stemmer(app: Sphinx) -> Stemmer:
    """Have the search index of this application stem each word once."""
    stemmer = Stemmer()
    app.connect("doctree-resolved", stemmer.share)
    return stemmer
