"""Lighthouse, which looks at a page as a telephone with a slow connection loads it."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tests.audits.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    Report = dict[str, Any]

CATEGORIES: Final = ("accessibility", "best-practices", "seo")
_ALL: Final = ("performance", *CATEGORIES)


def judge_page(command: Sequence[str], chromium: str, url: str, folder: Path) -> Report:
    """Return the report of a page; files of Lighthouse go to ``folder``."""
    path = folder / "report.json"
    flags = f"--headless=new --no-sandbox --user-data-dir={folder / 'profile'}"
    options = ["--quiet", "--output=json", f"--output-path={path}"]
    options += [f"--chrome-flags={flags}", f"--only-categories={','.join(_ALL)}"]
    done = subprocess.run(
        [*command, url, *options],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report: Report = json.loads(path.read_text("utf-8"))
    assert "runtimeError" not in report, report["runtimeError"]
    return report


def read_score(report: Report, category: str) -> int:
    """Return the score of a category, of 100."""
    score: float = report["categories"][category]["score"]
    return round(100 * score)


def list_findings(report: Report) -> list[Finding]:
    """Return what was found in each audit that counts and was not passed."""
    return [
        Finding(rule=reference["id"], place=place, words=words)
        for category in CATEGORIES
        for reference, score in _list_audits(report, category)
        if score < 1
        for place, words in _list_places(report["audits"][reference["id"]])
    ]


def _list_audits(report: Report, category: str) -> Iterator[tuple[Any, float]]:
    for reference in report["categories"][category]["auditRefs"]:
        score = report["audits"][reference["id"]]["score"]
        if reference["weight"] and score is not None:
            yield reference, score


def _list_places(audit: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what tells the items of an audit apart, and what is said of each."""
    for item in audit.get("details", {}).get("items") or [{}]:
        node = item.get("node", {})
        url = item.get("sourceLocation", {}).get("url", "")
        place = node.get("selector") or urlsplit(url).path
        words = node.get("snippet") or item.get("description") or audit["title"]
        yield place, words
