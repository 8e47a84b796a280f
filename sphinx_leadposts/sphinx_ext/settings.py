"""The values of ``conf.py``: declared to Sphinx, checked, and read."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, Final

from sphinx_leadposts.config import PREFIX, LeadpostsConfig
from sphinx_leadposts.config_checks import YES
from sphinx_leadposts.model.picture import make_picture
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.sphinx_ext.warnings import warn_of_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Where a `Config` keeps the checked values; ``Config.__getstate__`` does not pickle
#: what begins like this.
_KEPT: Final = "_leadposts_values"


def read_config(config: Config) -> LeadpostsConfig:
    """Return the blog's values of ``config``, which have been checked."""
    values: LeadpostsConfig | None = getattr(config, _KEPT, None)
    return values or _read_values(config)


def is_asked_for(config: Config, name: str) -> bool:
    """Tell whether ``leadposts_<name>`` is set, if only to its default."""
    return config[PREFIX + name] is not config.values[PREFIX + name].default


def _keep_values(_app: Sphinx, config: Config) -> None:
    # They are asked for several times by each document.
    setattr(config, _KEPT, _read_values(config))


def _read_values(config: Config) -> LeadpostsConfig:
    values = {item.name: config[PREFIX + item.name] for item in fields(LeadpostsConfig)}
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    for name in ("blog_path", "tags_path"):
        values[name] = values[name].strip("/")
    for name in ("show_drafts", "body_images", "spare_loaded"):
        if isinstance(values[name], str):
            values[name] = values[name].lower() in YES
        values[name] = bool(values[name])
    if isinstance(values["cover"], dict):
        values["cover"] = make_picture(values["cover"])
    return LeadpostsConfig(**values)


def setup_settings(app: Sphinx) -> None:
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
    # When the registries and the extensions of others have had their turn.
    app.connect("config-inited", _keep_values, priority=950)


def _get_default(item: Field[Any]) -> Any:
    if item.default is MISSING:
        return {}
    return list(item.default) if isinstance(item.default, tuple) else item.default


def _replace_bad_values(_app: Sphinx, config: Config) -> None:
    for item in fields(LeadpostsConfig):
        name = PREFIX + item.name
        if wrong := item.metadata["check"](config[name]):
            default = _get_default(item)
            warn_of_site(
                Subtype.CONFIG,
                "%s = %r: %s; %r is used",
                name,
                config[name],
                wrong,
                default,
            )
            config[name] = default
