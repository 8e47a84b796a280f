"""Summaries and reading times, from the plain text of a post."""

from __future__ import annotations

import re
from typing import Final

#: Long enough to say what a post is about, short enough for a card.
SUMMARY_LENGTH: Final = 200
_SENTENCE_END: Final = re.compile(r"[.!?…]['\"”’)]*(?=\s)|[。！？]")
_SPACE: Final = re.compile(r"\s+")
#: Scripts that part no words by spaces: kana, Han, Thai.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")


def cut_summary(text: str, limit: int = SUMMARY_LENGTH) -> str:
    """Return the beginning of ``text``, at most ``limit`` characters of it.

    The cut is made after a sentence where one ends in the second half, else after a
    word, with an ellipsis. White space is folded.
    """
    text = _SPACE.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    head = text[:limit]
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: limit + 1])]
    if ends and limit // 2 <= ends[-1] <= limit:
        return head[: ends[-1]]
    words, _, _ = head[: limit - 1].rpartition(" ")
    return (words or head[: limit - 1]).rstrip(" ,;:–—-") + "…"


def count_words(text: str) -> int:
    """Return how many words a reader has before them.

    In scripts without spaces two signs count as a word, which is about the pace at
    which they are read.
    """
    signs = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (signs + 1) // 2
