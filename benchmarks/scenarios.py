"""What is built: the first build, one without changes, and one after each edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from author import Author
from corpus import generator, write_post

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus import Language, Post

SCENARIOS: Final = {
    "full": "fresh doctrees and output",
    "unchanged": "built again, nothing changed",
    "body": "a sentence more in the last section of one post",
    "title": "one post retitled",
    "retag": "one post with another existing tag",
    "new": "one post added, newer than all others",
}
#: The first build once more, with several jobs; measured where ``--parallel`` says so.
PARALLEL: Final = "parallel"


def plan_edits(
    posts: Sequence[Post], language: Language, *, seed: int
) -> Mapping[str, Post]:
    """Return the post that each scenario writes; all of them are different ones."""
    rng = generator(seed, "edits")
    longer, retitled, retagged = rng.sample(posts, 3)
    author = Author(language, rng)
    known = sorted({tag for post in posts for tag in post.tags})
    tag = rng.choice([tag for tag in known if tag not in retagged.tags])
    return {
        "body": replace(
            longer, body=f"{longer.body.rstrip()} {author.write_sentence(12)}\n"
        ),
        "title": replace(retitled, title=author.write_title()),
        "retag": replace(retagged, tags=(*retagged.tags, tag)),
        "new": write_post(
            language,
            seed,
            len(posts),
            total=len(posts),
            pictures=posts[0].picture is not None,
        ),
    }
