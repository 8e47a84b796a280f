"""YAML whose scalars stay text, and what YAML's own types make of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from sphinx_leadposts.reading.spelled import Spelled

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_MERGE: Final = "tag:yaml.org,2002:merge"
#: libyaml parses ten times as fast; it is missing from some builds of PyYAML.
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: libyaml nests on the stack of C, which has no limit that Python could watch.
_MAX_DEPTH: Final = 100
_BRACKET: Final = re.compile(r"[\[{\]}]")
_DASHES: Final = re.compile(rf"(?:[-?:][ \t]+){{{_MAX_DEPTH}}}")
#: Line ends to YAML, though to no editor: they would shift the lines of all keys.
_BREAKS: Final = dict.fromkeys(map(ord, "\x85\u2028\u2029"), " ")


class YamlError(ValueError):
    """A text that is no YAML; ``line`` counts from 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def parse_yaml(content: str) -> yaml.Node | None:
    """Return the one node of ``content``, ``None`` where there is none.

    :raises YamlError: where it cannot be parsed.
    """
    if _nests_deep(content):
        message = f"it is nested more than {_MAX_DEPTH} levels deep"
        raise YamlError(message)
    loader = _Loader(content.translate(_BREAKS))
    try:
        node: yaml.Node | None = loader.get_single_node()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why = str(getattr(error, "problem", None) or error).split("\n", maxsplit=1)[0]
        mark = getattr(error, "problem_mark", None)
        raise YamlError(why, mark.line if mark else 0) from error
    finally:
        loader.dispose()
    return node


def _nests_deep(content: str) -> bool:
    if _DASHES.search(content):
        return True
    depth = 0
    for sign in _BRACKET.findall(content):
        depth = depth + 1 if sign in "[{" else max(depth - 1, 0)
        if depth > _MAX_DEPTH:
            return True
    return False


class Speller:
    """Reads the nodes of ``content`` as they were spelled.

    A node that anchors put in many places is read once: a few lines of YAML can name
    each other a billion times.
    """

    def __init__(self, content: str) -> None:
        self._content = content
        self._known: dict[int, Spelled] = {}

    def spell_mapping(self, node: yaml.MappingNode, depth: int = 0) -> dict[str, Any]:
        """Return the keys of ``node`` with their values; ``<<`` is merged in."""
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                for name, item in self._spell_merged(value, depth).items():
                    merged.setdefault(name, item)
            elif isinstance(key, yaml.ScalarNode):
                own[str(key.value)] = self._spell(value, depth + 1)
        return {**merged, **own}

    def _spell_merged(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        sources = node.value if isinstance(node, yaml.SequenceNode) else [node]
        # The first of several mappings wins.
        found: dict[str, Any] = {}
        for source in sources:
            spelled = self._spell(source, depth + 1)
            found = {**(spelled if isinstance(spelled, dict) else {}), **found}
        return found

    def _spell(self, node: yaml.Node, depth: int) -> Spelled:
        if id(node) in self._known or depth > _MAX_DEPTH:
            return self._known.get(id(node))
        self._known[id(node)] = None  # what it is worth within itself
        self._known[id(node)] = spelled = self._spell_anew(node, depth)
        return spelled

    def _spell_anew(self, node: yaml.Node, depth: int) -> Spelled:
        if isinstance(node, yaml.MappingNode):
            if all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
                return self.spell_mapping(node, depth)
            # ``{{ page.title }}`` of a template is a mapping in a mapping to YAML.
            return self._content[node.start_mark.index : node.end_mark.index].strip()
        if isinstance(node, yaml.SequenceNode):
            return [self._spell(child, depth + 1) for child in node.value]
        text = str(node.value)
        # libyaml says "" of a plain scalar, the Python parser None.
        plain = not getattr(node, "style", None)
        return None if plain and text in _NULL else text


def construct_mapping(node: yaml.MappingNode) -> dict[Any, Any] | None:
    """Return what YAML's own types make of ``node``, ``None`` where they fail."""
    constructor: Any = yaml.constructor.SafeConstructor()
    try:
        content = constructor.construct_document(node)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError):
        return None
    return content if isinstance(content, dict) else None


def construct_items(node: yaml.MappingNode) -> dict[str, Any]:
    """Return those items of ``node`` that YAML's own types can be made of."""
    items: dict[str, Any] = {}
    for key, value in node.value:
        single = yaml.MappingNode(node.tag, [(key, value)])
        typed = construct_mapping(single) or {}
        items |= {name: typed[name] for name in typed if isinstance(name, str)}
    return items
