"""The reference pages, written from the code that they describe.

Each directive here prints what a declaration of the package says of itself. Where the
code has names but no words for them, the page gives the words, one ``name: text`` on a
line, and a name without a text, or a text without a name, is a warning.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import importlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import sphinx_leadposts
from sphinx_leadposts.commands import make_parser
from sphinx_leadposts.commands.schemas import read_schema
from sphinx_leadposts.config import PREFIX, LeadpostsConfig
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.reading.keys import KEYS
from sphinx_leadposts.reading.registries import make_registry_schema
from sphinx_leadposts.sphinx_ext.reading_phase.directives import (
    call_to_action,
    further_reading,
    guide_posts,
    listing,
    options,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

PACKAGE: Final = Path(sphinx_leadposts.__file__).parent
TEMPLATES: Final = PACKAGE / "templates" / "leadposts"
STYLE_SHEET: Final = PACKAGE / "static" / "leadposts.css"

DIRECTIVES: Final[Mapping[str, type[options.BlogDirective]]] = {
    "post-list": listing.PostList,
    "post-card": listing.PostCard,
    "tag-list": listing.TagList,
    "archive-list": listing.ArchiveList,
    "further-reading": further_reading.FurtherReading,
    "guide-posts": guide_posts.GuidePosts,
    "call-to-action": call_to_action.CallToAction,
}
_LIST: Final = (list, tuple)
_REGISTRY: Final = (dict, list, str)
_TYPES: Final = {
    (str,): "a text",
    # The other type is what takes its place inside a build.
    (str, dict): "a text",
    (int,): "a whole number",
    (bool, int, str): "True or False",
    (dict,): "a mapping",
    _REGISTRY: "a mapping, or the name of a YAML file",
}
_REBUILDS: Final = {
    "env": "A change of it has all documents read again.",
    "html": "A change of it has all pages written again.",
    "": "A change of it has only the pages written again that the blog has a part in.",
}
#: Values that ``freshness.describe_options`` leaves out, since no page shows them.
_WITHOUT_PAGES: Final = frozenset({"cache_dir", "feed_length", "spare_loaded"})
_READERS: Final = {
    options.read_names: "names, separated by commas",
    options.read_text: "a text",
    options.read_flag: "`yes` or `no`",
    options.read_classes: "CSS classes, separated by spaces",
}
#: Types of JSON Schema, in words.
_JSON_TYPES: Final = {"string": "a text", "integer": "a whole number"}
_ENTRY: Final = re.compile(r"^(?P<name>[\w-]+):\s+(?P<text>.+)$")
_VARIABLE: Final = re.compile(r"(--leadposts-[\w-]+):\s*([^;]+);")
_CLASS: Final = re.compile(r"(?<![-/\w])leadposts-[a-z][a-z-]*")
#: Where classes are given to nodes that no template renders.
_NODE_MODULES: Final = (
    "call",
    "writing_phase.body_images",
    "writing_phase.links",
    "writing_phase.reading",
)


# What the code says -------------------------------------------------------------------


def describe_type(item: dataclasses.Field[Any]) -> str:
    """Return what a value of the configuration is to be, in words."""
    types = item.metadata["types"]
    if types != _LIST:
        return _TYPES[types]
    is_numbers = item.default and all(isinstance(part, int) for part in item.default)
    return "a list of whole numbers" if is_numbers else "a list of texts"


def describe_rebuild(item: dataclasses.Field[Any]) -> str:
    """Return what a change of a value makes Sphinx do again, in words."""
    if item.name in _WITHOUT_PAGES:
        return "A change of it has no page written again."
    if item.metadata["types"] == _REGISTRY:
        return "A change of it has the pages written again that show what has changed."
    return _REBUILDS[item.metadata["rebuild"]]


def describe_option(reader: options.Option) -> str:
    """Return what an option takes, in the words in which its reader refuses others."""
    if reader in _READERS:
        return _READERS[reader]
    try:
        reader("?")
    except ValueError as error:
        return str(error).removeprefix("takes ").partition(", not '?'")[0]
    return "a text"


def describe_json(field: Mapping[str, Any]) -> str:
    """Return what a field of ``leadposts.json`` holds, in Markdown."""
    if "const" in field:
        return f"the number {field['const']}"
    if "enum" in field:
        return "one of " + ", ".join(f"`{name}`" for name in field["enum"])
    if field.get("type") == "array":
        return f"a list: {describe_json(field['items'])}"
    if "$ref" not in field:
        return _JSON_TYPES[field["type"]]
    name = field["$ref"].removeprefix("#/$defs/")
    word = name.replace("_", " ")
    return f"[{word}](#leadposts-json-{word.replace(' ', '-')})"


def list_templates() -> dict[str, str]:
    """Return the templates by name, each with the comment at its head."""
    texts = {}
    for path in sorted(TEMPLATES.glob("*.html")):
        comment = re.match(r"\{#-?(.*?)-?#\}", path.read_text("utf-8"), re.DOTALL)
        texts[path.name] = " ".join(comment[1].split()) if comment else ""
    return texts


def list_classes() -> set[str]:
    """Return the CSS classes of templates and nodes; a hyphen at the end goes on."""
    texts = [path.read_text("utf-8") for path in TEMPLATES.glob("*.html")]
    texts += [text for name in _NODE_MODULES for text in list_texts(name)]
    return {name for text in texts for name in _CLASS.findall(text)}


def list_texts(name: str) -> Iterator[str]:
    """Yield the texts in the module ``name``, with its own names filled in."""
    module = importlib.import_module(f"sphinx_leadposts.sphinx_ext.{name}")
    tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_fill_in(part, module) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _fill_in(part: ast.expr, module: ModuleType) -> str:
    if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
        return str(getattr(module, part.value.id, ""))
    return str(part.value) if isinstance(part, ast.Constant) else ""


def list_variables() -> dict[str, str]:
    """Return the CSS variables that the style sheet sets, with their defaults."""
    text = STYLE_SHEET.read_text("utf-8")
    block = text[text.index("body {") : text.index("}", text.index("body {"))]
    return {
        name: re.sub(r"(?<=\() | (?=\))", "", " ".join(value.split()))
        for name, value in _VARIABLE.findall(block)
    }


def list_commands(
    parser: argparse.ArgumentParser,
) -> Mapping[str, argparse.ArgumentParser]:
    """Return the parsers of the commands that ``parser`` knows, by name."""
    for action in parser._actions:  # argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):
            return action.choices
    return {}


def list_arguments(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Return the arguments and options of ``parser``, each with what is said of it."""
    found = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        value = action.metavar if isinstance(action.metavar, str) else ""
        takes_value = action.nargs != 0
        words = ", ".join(action.option_strings)
        if value and takes_value:
            words = f"{words} {value}".strip()
        # The default may depend on the machine.
        text = (action.help or "").partition(" (default: ")[0]
        found[words] = f"{text[:1].upper()}{text[1:]}."
        if action.choices:
            names = ", ".join(f"`{name}`" for name in action.choices)
            found[words] = f"One of {names}."
    return found


# What the pages show ------------------------------------------------------------------


class Printer(SphinxDirective):
    """Prints the Markdown that a subclass writes."""

    #: Whether it has headings.
    has_sections: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Parse it where the directive stands."""
        return self.parse_text_to_nodes(
            "\n".join(self.write()), allow_section_headings=self.has_sections
        )

    def write(self) -> Iterable[str]:
        """Return the Markdown, in lines or blocks."""
        raise NotImplementedError


class ExplainedPrinter(Printer):
    """Prints names of the code with texts of the page."""

    has_content = True

    def read_texts(self, names: Iterable[str]) -> Mapping[str, str]:
        """Return the text for each of ``names``; say where the two do not agree."""
        texts: dict[str, str] = {}
        name = ""
        for line in self.content:
            if entry := _ENTRY.match(line):
                name = entry["name"]
                texts[name] = entry["text"]
            elif name:
                texts[name] += f" {line.strip()}"
        for name in sorted(texts.keys() ^ set(names)):
            logger.warning(
                "%s: %r is in the page or in the code, but not in both",
                self.name,
                name,
                location=self.get_location(),
            )
        return texts


class Values(Printer):
    """The configuration, from the fields of ``LeadpostsConfig``."""

    def write(self) -> Iterator[str]:
        """Return a ``confval`` for each value."""
        for item in dataclasses.fields(LeadpostsConfig):
            if item.default is dataclasses.MISSING:
                shown = "{}"
            elif isinstance(item.default, tuple):
                shown = json.dumps(item.default)
            else:
                shown = repr(item.default)
            yield f"```{{confval}} {PREFIX}{item.name}"
            yield f":type: {describe_type(item)}"
            yield f":default: `{shown}`\n"
            yield f"{item.metadata['help']}\n"
            yield f"{describe_rebuild(item)}\n```\n"


class Entries(Printer):
    """What an entry of a registry may say, from its JSON Schema."""

    required_arguments = 1

    def write(self) -> Iterator[str]:
        """Return a table of the fields."""
        shape = make_registry_schema(self.arguments[0])["additionalProperties"]
        yield "| field | what it says |\n|---|---|"
        for name, field in shape["anyOf"][1]["properties"].items():
            text = field["description"].replace("``", "`")
            yield f"| `{name}` | {text} |"


class Records(Printer):
    """The records of ``leadposts.json``, from its JSON Schema."""

    has_sections = True

    def write(self) -> Iterator[str]:
        """Return an entry for the whole file, for each record and for each value."""
        schema = json.loads(read_schema("leadposts"))
        yield from self._write_record("the file", schema)
        for name, shape in schema["$defs"].items():
            if "properties" in shape:
                yield from self._write_record(name, shape)
        for name, shape in schema["$defs"].items():
            if "properties" not in shape:
                yield from self._write_head(name, shape)

    def _write_record(self, name: str, shape: Mapping[str, Any]) -> Iterator[str]:
        yield from self._write_head(name, shape)
        yield "| name | holds | always there | what it says |\n|---|---|---|---|"
        for key, field in shape["properties"].items():
            held = describe_json(field)
            always = "yes" if key in shape.get("required", ()) else ""
            yield f"| `{key}` | {held} | {always} | {field['description']} |"
        yield ""

    def _write_head(self, name: str, shape: Mapping[str, Any]) -> Iterator[str]:
        word = name.replace("_", " ")
        yield f"(leadposts-json-{word.replace(' ', '-')})=\n## {word.capitalize()}\n"
        yield f"{shape['description']}\n"


class Keys(Printer):
    """The front matter, from ``KEYS``."""

    def write(self) -> Iterator[str]:
        """Return an entry for each key."""
        for key in KEYS:
            yield f"```{{frontmatter-key}} {key.name}\n"
            yield f"{key.help}\n"
            yield f"Value\n: {key.value}\n"
            if key.aliases:
                names = ", ".join(f"`{alias}`" for alias in key.aliases)
                yield f"Also read as\n: {names}\n"
            yield "```\n"


class Warnings(Printer):
    """The types of warnings, from the docstrings of ``Subtype``."""

    def write(self) -> Iterator[str]:
        """Return an entry for each subtype."""
        docs = ModuleAnalyzer.for_module(Subtype.__module__).find_attr_docs()
        for member in Subtype:
            yield f"```{{warning-type}} leadposts.{member.value}\n"
            yield from docs["Subtype", member.name]
            yield "```\n"


class Options(ExplainedPrinter):
    """The options of a directive, from its ``options_read``."""

    required_arguments = 1

    def write(self) -> Iterator[str]:
        """Return an entry for each option."""
        readers = DIRECTIVES[self.arguments[0]].options_read
        texts = self.read_texts(readers)
        for name, reader in readers.items():
            yield f"```{{describe}} :{name}:\n\n{texts.get(name, '')}"
            yield f"Takes {describe_option(reader)}.\n```\n"


class Command(Printer):
    """The command, from its parser."""

    has_sections = True

    def write(self) -> Iterator[str]:
        """Return a section for each command, with its arguments and options."""
        parser = make_parser()
        yield "## Without a command\n"
        yield from self._write_entries(list_arguments(parser))
        for name, command in list_commands(parser).items():
            # Its usage has lines as long as the terminal is wide.
            usage = " ".join(command.format_usage().removeprefix("usage: ").split())
            yield f"## {name}\n\n```text\n{usage}\n```\n"
            yield f"{command.description}\n"
            yield from self._write_entries(list_arguments(command))

    def _write_entries(self, arguments: Mapping[str, str]) -> Iterator[str]:
        for words, text in arguments.items():
            yield f"```{{describe}} {words}\n\n{text}\n```\n"


class Templates(Printer):
    """The templates, from the comments at their heads."""

    def write(self) -> Iterator[str]:
        """Return an entry for each file."""
        for name, text in list_templates().items():
            yield f"```{{describe}} leadposts/{name}\n\n{text}\n```\n"


class Classes(ExplainedPrinter):
    """The CSS classes of the templates."""

    def write(self) -> Iterator[str]:
        """Return a table of them."""
        texts = self.read_texts(list_classes())
        yield "| class | stands on |\n|---|---|"
        for name, text in texts.items():
            shown = f"{name}…" if name.endswith("-") else name
            yield f"| `{shown}` | {text} |"


class Variables(ExplainedPrinter):
    """The CSS variables of the style sheet."""

    def write(self) -> Iterator[str]:
        """Return an entry for each variable."""
        defaults = list_variables()
        texts = self.read_texts(defaults)
        for name, default in defaults.items():
            yield f"```{{describe}} {name}\n\n{texts.get(name, '')}\n"
            yield f"Default\n: `{default}`\n```\n"


class Example(SphinxDirective):
    """Markdown as it is written, and what comes of it."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Show the content, then parse it."""
        text = "\n".join(self.content)
        source = nodes.literal_block(text, text, language="markdown")
        self.set_source_info(source)
        result = nodes.container("", classes=["example-result"])
        result += self.parse_content_to_nodes()
        return [source, result]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, and the kinds of things that can be linked."""
    app.add_object_type("frontmatter-key", "key", "pair: %s; front matter")
    app.add_object_type("warning-type", "warning", "pair: %s; warning")
    app.add_directive("reference-values", Values)
    app.add_directive("reference-entries", Entries)
    app.add_directive("reference-keys", Keys)
    app.add_directive("reference-records", Records)
    app.add_directive("reference-warnings", Warnings)
    app.add_directive("reference-options", Options)
    app.add_directive("reference-command", Command)
    app.add_directive("reference-templates", Templates)
    app.add_directive("reference-classes", Classes)
    app.add_directive("reference-variables", Variables)
    app.add_directive("example", Example)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
