"""Addresses of documents in the output of whichever builder is at work."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Final, TypeGuard
from urllib.parse import quote

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.errors import NoUri
from sphinxcontrib.serializinghtml import SerializingHTMLBuilder

from sphinx_leadposts.model.web import Domain, parse_domain, read_base_url
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: Builders that write what their toctree holds into one file.
SINGLE_FILE_BUILDERS: Final = ("singlehtml", "latex", "texinfo", "man")


def find_uri(
    builder: Builder, env: BuildEnvironment, source: str, target: str
) -> str | None:
    """Return the URI of the document ``target``, relative to the document ``source``.

    Where the output does not hold the target, the address it has on the web, if the
    site has one; else ``None``.
    """
    if target not in env.all_docs:
        return None
    # SingleFileHTMLBuilder.get_target_uri answers for documents that its one page
    # does not hold, too.
    if builder.name == "singlehtml" and not is_in_toctree(env, target):
        return find_web_address(env.config, target)
    try:
        return builder.get_relative_uri(source, target)
    except NoUri:
        return find_web_address(env.config, target)


def list_wholes(config: Config) -> frozenset[str]:
    """Return the documents whose trees may hold other documents as well.

    Builders of one file make one tree of all that a toctree leads to, and resolve it
    under the name of the document that it begins with.
    """
    books = (*config.latex_documents, *config.man_pages, *config.texinfo_documents)
    return frozenset({config.root_doc, *(book[0] for book in books)})


def is_website(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Tell whether the output is pages for the web, each at an address of its own."""
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and not isinstance(builder, SerializingHTMLBuilder | SingleFileHTMLBuilder)
        # As those of EPUB and of help viewers are.
        and not builder.embedded
    )


def is_book(builder: Builder) -> bool:
    """Tell whether the output is a book, whose pages are XML: EPUB."""
    return bool(builder.name == "epub")


def find_base_text(config: Config) -> str:
    """Return the address of the site as it was given, empty where it was not."""
    base: str = config.html_baseurl or os.environ.get("READTHEDOCS_CANONICAL_URL", "")
    return base


def find_base_url(config: Config) -> str:
    """Return the address of the site on the web, with a slash at its end.

    Empty where it is not known, or is only a path.
    """
    return read_base_url(find_base_text(config))


def find_own_domains(config: Config) -> tuple[Domain, ...]:
    """Return the addresses at which URLs are those of this site."""
    values = read_config(config)
    if values.own_links == "off":
        return ()
    names = (find_base_text(config), *values.own_domains)
    found = (parse_domain(name) for name in names if name)
    return tuple(dict.fromkeys(domain for domain in found if domain))


def find_web_address(config: Config, docname: str) -> str | None:
    """Return the URL of ``docname`` on the web, ``None`` without a base URL."""
    base = find_base_url(config)
    if not base:
        return None
    suffix = config.html_link_suffix or config.html_file_suffix or ".html"
    return posixpath.join(base, quote(docname) + suffix)


def is_in_toctree(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether the toctree of the root leads to ``docname``."""
    includes: Mapping[str, Sequence[str]] = env.toctree_includes
    seen, todo = set(), [env.config.root_doc]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(includes.get(name, ()))
    return docname in seen
