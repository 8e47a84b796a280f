"""The values a site may set in ``conf.py``, each declared once.

Defaults, types, checks, what a change of the value rebuilds, and the text of the
reference page all stand in one place: the fields of :class:`LeadpostsConfig`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Literal

from sphinx.util import logging

from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.model.web import parse_domain
from sphinx_leadposts.reading.dates import load_zone
from sphinx_leadposts.reading.keys import NAMES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

PREFIX: Final = "leadposts_"

_YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"", "0", "false", "no", "off"})

Rebuild = Literal["", "env", "html"]
#: Says in words what is wrong with a value, or ``None`` where nothing is.
Check = Callable[[Any], str | None]


def _texts(value: Any) -> str | None:
    if isinstance(value, list | tuple) and all(isinstance(i, str) for i in value):
        return None
    return "a list of texts is needed"


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) else "a text is needed"


def _flag(value: Any) -> str | None:
    # ``-D leadposts_show_drafts=yes`` arrives as text.
    is_word = isinstance(value, str) and value.lower() in _YES | _NO
    return None if isinstance(value, bool | int) or is_word else "1 or 0 is needed"


def _positive(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return None
    return "a number above 0 is needed"


def _zone(value: Any) -> str | None:
    if wrong := _text(value):
        return wrong
    try:
        load_zone(value)
    except ValueError as error:
        return f"{error}; write a name such as 'Europe/Berlin'"
    return None


def _path(value: Any) -> str | None:
    if wrong := _text(value):
        return wrong
    parts = value.strip("/").split("/")
    if all(part and part not in {".", ".."} for part in parts):
        return None
    return "a path of one or more names is needed, such as 'blog'"


def _key_aliases(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "a mapping of foreign keys to ours is needed"
    unknown = [name for name in value.values() if name not in NAMES]
    return f"there is no key {unknown[0]!r} to stand for" if unknown else None


def _defaults(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "a mapping of globs to mappings of keys is needed"
    for keys in value.values():
        if not isinstance(keys, dict):
            return "each glob needs a mapping of keys to values"
        unknown = [name for name in keys if name not in NAMES]
        if unknown:
            return f"there is no key {unknown[0]!r}"
    return None


def _registry(value: Any) -> str | None:
    if isinstance(value, dict | list | tuple | str):
        return None
    return "a mapping, or the name of a YAML file, is needed"


def _domains(value: Any) -> str | None:
    if wrong := _texts(value):
        return wrong
    unknown = [name for name in value if parse_domain(name) is None]
    return f"{unknown[0]!r} is no address such as 'example.org'" if unknown else None


def _choice(*known: str) -> Check:
    def check(value: Any) -> str | None:
        return None if value in known else f"one of {', '.join(known)} is needed"

    return check


def _parts(known: tuple[str, ...]) -> Check:
    def check(value: Any) -> str | None:
        if wrong := _texts(value):
            return wrong
        unknown = [part for part in value if part not in known]
        if unknown:
            return f"there is no part {unknown[0]!r}; the parts are {', '.join(known)}"
        return None

    return check


HEADER_PARTS: Final = (
    "image",
    "date",
    "updated",
    "authors",
    "reading-time",
    "tags",
)
FOOTER_PARTS: Final = (
    "call-to-action",
    "further-reading",
    "further-reading-always",
    "guide-posts",
)
_FOOTER: Final = ("guide-posts", "call-to-action", "further-reading")


def _value(
    default: Any, *, about: str, check: Check, rebuild: Rebuild, types: tuple[type, ...]
) -> Any:
    metadata = {"help": about, "check": check, "rebuild": rebuild, "types": types}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


_LIST: Final = (list, tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadpostsConfig:
    """The configuration of the blog, checked."""

    marker_tags: tuple[str, ...] = _value(
        ("post",),
        about="Tags that make a document a post. They are never shown or counted.",
        check=_texts,
        rebuild="env",
        types=_LIST,
    )
    post_pattern: tuple[str, ...] = _value(
        (),
        about="Globs of documents that are posts without a marker tag, such as "
        "``blog/*/*``. ``*`` stays within a folder, ``**`` does not.",
        check=_texts,
        rebuild="env",
        types=_LIST,
    )
    key_aliases: Mapping[str, str] = _value(
        {},
        about="Further names of keys, as other tools write them: "
        '``{"hero": "image"}``.',
        check=_key_aliases,
        rebuild="env",
        types=(dict,),
    )
    defaults: Mapping[str, Mapping[str, Any]] = _value(
        {},
        about="Values for keys that a document does not have, by glob: "
        '``{"news/**": {"author": "The team"}}``. A later glob wins.',
        check=_defaults,
        rebuild="env",
        types=(dict,),
    )
    timezone: str = _value(
        "UTC",
        about="The zone of dates that name none, and in which all dates are shown: "
        "an IANA name such as ``Europe/Berlin``.",
        check=_zone,
        rebuild="env",
        types=(str,),
    )
    date_format: str = _value(
        "medium",
        about="How dates are shown: ``short``, ``medium``, ``long``, ``full``, or a "
        "pattern of Babel's. The words follow Sphinx's ``language``.",
        check=_text,
        rebuild="",
        types=(str,),
    )
    title: str = _value(
        "Blog",
        about="The title of the page that lists all posts.",
        check=_text,
        rebuild="",
        types=(str,),
    )
    words_per_minute: int = _value(
        220,
        about="The pace from which the reading time is reckoned.",
        check=_positive,
        rebuild="",
        types=(int,),
    )
    show_drafts: bool = _value(
        False,
        about="Publish drafts and posts with a date to come as well, for a preview: "
        "``sphinx-build -D leadposts_show_drafts=1``.",
        check=_flag,
        rebuild="",
        types=(bool, int, str),
    )
    media_dirs: tuple[str, ...] = _value(
        (),
        about="Folders, relative to ``conf.py``, in which pictures with a leading "
        "slash are looked up after the source folder.",
        check=_texts,
        rebuild="env",
        types=_LIST,
    )
    blog_path: str = _value(
        "blog",
        about="Where the page of all posts stands: ``<blog_path>/index``.",
        check=_path,
        rebuild="",
        types=(str,),
    )
    tags_path: str = _value(
        "tags",
        about="Where the pages of the tags stand: ``<tags_path>/<slug>``.",
        check=_path,
        rebuild="",
        types=(str,),
    )
    page_size: int = _value(
        24,
        about="How many posts a generated page holds.",
        check=_positive,
        rebuild="",
        types=(int,),
    )
    tags: Mapping[str, Any] = _value(
        {},
        about="What the site says of its tags: a mapping of tags to ``label``, "
        "``slug``, ``description`` and ``aliases``, a list of tags, or the name of a "
        "YAML file beside ``conf.py``. Tags of posts that are not in it are reported.",
        check=_registry,
        rebuild="",
        types=(dict, list, str),
    )
    authors: Mapping[str, Any] = _value(
        {},
        about="Who writes: a mapping of the names that posts use to ``name``, "
        "``url``, ``image`` and ``bio``, or the name of a YAML file beside "
        "``conf.py``. Authors of posts that are not in it are reported.",
        check=_registry,
        rebuild="",
        types=(dict, list, str),
    )
    guides: Mapping[str, Any] = _value(
        {},
        about="The guides that posts lead to: a mapping of names to ``target``, "
        "``title``, ``description``, ``image``, ``tags`` and ``reviewed``, a list of "
        "docnames, or the name of a YAML file beside ``conf.py``.",
        check=_registry,
        rebuild="",
        types=(dict, list, str),
    )
    own_domains: tuple[str, ...] = _value(
        (),
        about="Addresses of this site on the web beside Sphinx's ``html_baseurl``, "
        'such as ``"example.org"`` or ``"example.org/docs"``.',
        check=_domains,
        rebuild="",
        types=_LIST,
    )
    own_links: Literal["resolve", "report", "off"] = _value(
        "resolve",
        about="What becomes of URLs of this site in posts. ``resolve`` makes them "
        "links to documents, ``report`` leaves them, and both warn of pages that are "
        "not there; ``off`` takes them for links to another site.",
        check=_choice("resolve", "report", "off"),
        rebuild="",
        types=(str,),
    )
    call_to_action: Mapping[str, Any] = _value(
        {},
        about="What posts call their readers to do: a mapping of tags (``*`` for all "
        "posts) to ``title``, ``text`` and ``buttons``, or the name of a YAML file. A "
        "post with a ``call-to-action`` of its own has that instead.",
        check=_registry,
        rebuild="",
        types=(dict, list, str),
    )
    header: tuple[str, ...] = _value(
        HEADER_PARTS,
        about="What stands below the title of a post, in order.",
        check=_parts(HEADER_PARTS),
        rebuild="",
        types=_LIST,
    )
    footer: tuple[str, ...] = _value(
        _FOOTER,
        about="What stands at the end of a post, in order; ``guide-posts`` stands at "
        "the end of guides.",
        check=_parts(FOOTER_PARTS),
        rebuild="env",
        types=_LIST,
    )


_NAMES: Final = tuple(item.name for item in fields(LeadpostsConfig))


def read_config(config: Config) -> LeadpostsConfig:
    """Return the blog's values of ``config``, which have been checked."""
    # Called for every document: the names of the fields are looked up only once.
    values = {name: getattr(config, PREFIX + name) for name in _NAMES}
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    for name in ("blog_path", "tags_path"):
        values[name] = values[name].strip("/")
    if isinstance(values["show_drafts"], str):
        values["show_drafts"] = values["show_drafts"].lower() in _YES
    values["show_drafts"] = bool(values["show_drafts"])
    return LeadpostsConfig(**values)


def setup_config(app: Sphinx) -> None:
    """Declare the values and have them checked before anything reads them."""
    for item in fields(LeadpostsConfig):
        app.add_config_value(
            PREFIX + item.name,
            _get_default(item),
            item.metadata["rebuild"],
            types=frozenset(item.metadata["types"]),
            description=item.metadata["help"],
        )
    app.connect("config-inited", _replace_bad_values, priority=400)


def _get_default(item: Field[Any]) -> Any:
    if item.default is MISSING:
        return {}
    return list(item.default) if isinstance(item.default, tuple) else item.default


def _replace_bad_values(_app: Sphinx, config: Config) -> None:
    for item in fields(LeadpostsConfig):
        name = PREFIX + item.name
        if wrong := item.metadata["check"](config[name]):
            default = _get_default(item)
            logger.warning(
                "%s = %r: %s; %r is used",
                name,
                config[name],
                wrong,
                default,
                type="leadposts",
                subtype=Subtype.CONFIG.value,
            )
            config[name] = default
