"""The law that a warm build equals a cold one, for any sequence of edits.

A blog is a value (:mod:`.blog`); an edit makes another of it (:mod:`.edits`). So the
sources of every step are known, and can be played once more: upon a difference the same
steps are taken by a twin, the same sources under plain Sphinx (:mod:`.house`). Files
that plain Sphinx itself leaves stale in these steps are not held against us; but no
build of the twin is killed (:mod:`.killing`). Nothing else is let pass (:mod:`.court`).
"""
