"""axe-core, which looks at a page as a browser shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from tests.audits.findings import Finding

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    #: Colour scheme, and width of the window.
    View = tuple[Literal["light", "dark"], int]

VIEWS: Final[tuple[View, ...]] = (
    *(("light", 1280), ("light", 390)),
    *(("dark", 1280), ("dark", 390)),
)

_RUN: Final = """async () => {
  const name = (element) =>
    [element.localName, ...[...element.classList].sort()].join(".");
  const place = (element) => {
    const names = [];
    for (; element; element = element.parentElement) names.unshift(name(element));
    return names.join(" > ");
  };
  const found = await axe.run(document, {
    elementRef: true, resultTypes: ["violations", "incomplete"],
  });
  const all = ["violations", "incomplete"].flatMap((kind) =>
    found[kind].flatMap((rule) => rule.nodes.map((node) => ({
      rule: `${kind}: ${rule.id}`,
      place: place(node.element),
      words: `${node.failureSummary} ${node.html}`,
    }))));
  return {passes: found.passes.length, all};
}"""


def judge_pages(
    browser: Browser,
    script: str,
    address: str,
    docnames: tuple[str, ...],
    view: View,
) -> list[Finding]:
    """Return what axe-core finds in pages, and what of ours it cannot decide."""
    scheme, width = view
    context = browser.new_context(
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport={"width": width, "height": 1400},
    )
    page = context.new_page()
    found = []
    for docname in docnames:
        page.goto(f"{address}/{docname}.html")
        page.evaluate(script)
        result = page.evaluate(_RUN)
        assert result["passes"], docname
        found += [Finding(page=docname, **one) for one in result["all"]]
    context.close()
    return [one for one in found if _counts(one)]


def _counts(finding: Finding) -> bool:
    """Tell a finding from what is left to a person to look at.

    It is left open which contrast a text has that a button of the theme lies upon.
    """
    if finding.rule.startswith("violations"):
        return True
    return "leadposts-" in finding.place and "color-contrast" not in finding.rule
