"""The documents of the site that are no posts; edits do not change these texts."""

from __future__ import annotations

from typing import Final

INDEX: Final = """# Home

```{post-list}
:limit: 3
```

```{tag-list}
:sort: count
```

```{toctree}
blog/index
tags/index
```
"""

GUIDE: Final = """Begin with {doc}`/posts/alpha`, then [go on](posts/beta.md).

```{post-card} posts/alpha
```
"""

HANDBOOK: Final = """What is known.

```{guide-posts}
:group: tag
:layout: cards
```
"""

ABOUT: Final = """---
orphan: true
---

# About

How to begin: {doc}`guide`, {blog:guide}`book`. What came of it: {doc}`posts/beta`.

```{post-list}
:tags: docs, python
:sort: title
:layout: list
```
"""

READING: Final = """---
orphan: true
---

# What to read

```{further-reading}
- {blog:guide}`start`
- handbook
- {doc}`/posts/beta`: words of its own.
- [](/guide.md)
- https://books.example/python/
- [About](https://blog.example/notes/about/)
```

```{further-reading}
:layout: cards
:guides: course, book
:tags: python, docs
:posts: alpha
:exclude: start
```

```{further-reading}
:layout: sentence
:guides: guide, start
```

```{guide-posts}
:guide: start
:group: year
```

```{guide-posts}
:guide: https://books.example/python/
:tags: python, docs
:group: tag
:layout: list
:empty: None yet.
```

```{call-to-action} Begin
:button: start
:second-button: In print <book>
```
"""

SHELVES: Final = """---
orphan: true
---

# All shelves

```{tag-list}
```

```{tag-list}
:layout: cloud
:min: 2
```

```{archive-list}
```

```{archive-list}
:of: authors
:layout: compact
```

```{archive-list}
:of: categories
```

```{archive-list}
:of: series
```

```{post-list}
:category: News
:layout: list
```

```{post-list}
:author: ann
:layout: compact
```

```{post-list}
:series: Basics
:layout: compact
:sort: title
```

```{post-list}
:featured: true
:layout: compact
```

```{post-list}
:year: 2024
:layout: compact
:empty: Nothing in that year.
```
"""

#: All that the blog puts on it is which feeds there are.
PLAIN: Final = """---
orphan: true
---

# Plain

Words.
"""

NAMES: Final = """---
orphan: true
---

# Names alone

All on {blog:tag}`python`, {blog:tag}`snakes <C++>`, and by {blog:author}`ann`; the
{blog:series}`Basics`, and {blog:category}`news <News>`.
"""
