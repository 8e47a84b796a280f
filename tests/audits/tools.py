"""Where the judges are; where one is missing, a test is skipped and says what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def find_axe() -> str:
    """Return the script of axe-core."""
    return _find_file("AXE", "axe-core", "node_modules/axe-core/axe.min.js").read_text(
        "utf-8"
    )


def find_validator() -> list[str]:
    """Return the command of the Nu Html Checker."""
    jar = _find_file("VNU_JAR", "vnu-jar", "node_modules/vnu-jar/build/dist/vnu.jar")
    # Its own advice for large pages, https://github.com/validator/validator/wiki
    return [_find_command("java", "default-jre-headless"), "-Xss4m", "-jar", str(jar)]


def find_lighthouse() -> list[str]:
    """Return the command of Lighthouse."""
    script = _find_file(
        "LIGHTHOUSE", "lighthouse", "node_modules/lighthouse/cli/index.js"
    )
    return [_find_command("node", "nodejs"), str(script)]


def _find_command(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is missing: install it with 'apt install {package}'")
    return path


def _find_file(variable: str, package: str, usual: str) -> Path:
    path = Path(os.environ.get(variable) or usual)
    if not path.is_file():
        pytest.skip(
            f"{package} is missing: install it with 'npm install {package}', or set "
            f"{variable} to where its {path.name} lies"
        )
    return path
