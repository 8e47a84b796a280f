"""What related posts cost, and what the quotas change.

Each round counts all anew from packed terms, as a build does in which one post was
edited. CPU time; the best round counts.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from corpus import MARKER, Language, write_posts
from report import format_table

from sphinx_leadposts.model.related import Profile, relate_posts
from sphinx_leadposts.model.related_terms import (
    collect_terms,
    number_stem,
    pack_terms,
    unpack_terms,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Post

#: A word of a title counts for so many of the body.
_TITLE_WEIGHT: Final = 3


def count_words(post: Post) -> dict[str, int]:
    """Return how often each word stands in ``post``, in place of its stems."""
    counts = Counter(re.findall(r"\w+", post.body.casefold()))
    for word in post.title.casefold().split():
        counts[word] += _TITLE_WEIGHT
    return counts


def pack_post(post: Post) -> bytes:
    """Return what ``post`` is about, packed."""
    words = count_words(post)
    numbers = {number_stem(word): count for word, count in words.items()}
    return pack_terms(collect_terms(numbers, {number_stem(w): w for w in words}))


def make_profile(post: Post, packed: bytes) -> Profile:
    """Return what is known of ``post`` and its terms."""
    return Profile(
        docname=post.name,
        title=post.title,
        terms=unpack_terms(packed),
        tags=frozenset(post.tags) - {MARKER},
        timestamp=post.date.toordinal() * 86400.0,
    )


def measure(total: int, rounds: int) -> list[str]:
    """Return a row of the table for so many posts."""
    posts = write_posts(Language(1), 1, total, pictures=False)
    packed = [pack_post(post) for post in posts]
    loading, relating = [], []
    for _ in range(rounds):
        start = time.process_time()
        for one in packed:
            unpack_terms(one)
        loading.append(time.process_time() - start)
        profiles = [make_profile(*pair) for pair in zip(posts, packed, strict=True)]
        start = time.process_time()
        relations = relate_posts(profiles)
        relating.append(time.process_time() - start)
    free = relate_posts(profiles, least=0, most=total)
    named = Counter(one.docname for some in relations.values() for one in some)
    score, free_score = (
        sum(one.score for some in related.values() for one in some)
        for related in (relations, free)
    )
    return [
        str(total),
        f"{sum(map(len, packed)) / total:.0f}",
        f"{min(loading) * 1000:.0f}",
        f"{min(relating) * 1000:.0f}",
        f"{min(relating) / total * 1e6:.0f}",
        f"{max(relating) / min(relating) - 1:.0%}",
        f"{min(named[post.name] for post in posts)}-{max(named.values())}",
        f"{score / free_score:.3f}",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", default="1000,4000,10000")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    head = [
        "posts",
        "bytes/post",
        "unpack ms",
        "relate ms",
        "µs/post",
        "spread",
        "recommended",
        "score with quotas / without",
    ]
    totals = [int(total) for total in options.posts.split(",")]
    rows = [measure(total, options.rounds) for total in totals]
    print(format_table(head, rows, texts=0))


if __name__ == "__main__":
    main()
