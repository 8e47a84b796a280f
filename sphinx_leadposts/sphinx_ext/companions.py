"""What stands between this extension and others: a second blog, and dates of git."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.warnings import warn_of_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: What sphinx-last-updated-by-git keeps of a document that is not in the repository:
#: no time, and no link to the source.
_NOT_IN_GIT: Final = (None, False)


def _warn_of_second_blog(app: Sphinx, _config: Config) -> None:
    """Say that ABlog makes a blog of the same posts."""
    if "ablog" in app.extensions:
        warn_of_site(
            Subtype.CONFIG,
            "'ablog' and 'sphinx_leadposts' both make a blog, and write files of the "
            "same name; take 'ablog' out of extensions, or 'sphinx_leadposts' to stay "
            "with ABlog",
        )


def _keep_from_git(app: Sphinx, env: BuildEnvironment) -> None:
    """Have sphinx-last-updated-by-git pass over generated pages.

    It runs git in the folder of every document that it knows no date of
    (``sphinx_last_updated_by_git._env_updated``), and warns where that is no
    repository, as a doctree folder may be.
    """
    dates = getattr(env, "git_last_updated", {})
    for docname in get_blog(env).generated & dates.keys():
        dates[docname] = _NOT_IN_GIT


def setup_companions(app: Sphinx) -> None:
    """Have other extensions looked at, each before its own turn."""
    # ABlog may end the build while documents are read, so this is said first of all.
    app.connect("config-inited", _warn_of_second_blog, priority=390)
    app.connect("env-updated", _keep_from_git, priority=400)
