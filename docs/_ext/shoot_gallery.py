"""Take the pictures of the gallery: the quickstart's blog under each theme.

    python docs/_ext/shoot_gallery.py

It needs the themes, Playwright, and a Chromium that it can drive, and says what of it
is missing. Each theme is shot in the light, and in the dark where it has one.
"""

# ruff: noqa: S603, T201 - it runs our own commands, and talks to who runs it

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER: Final = Path(__file__).parent.parent / "_static" / "gallery"
THEMES: Final = (
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
    "alabaster",
    "shibuya",
    "sphinx_immaterial",
)
WITHOUT_DARK: Final = {"alabaster", "sphinx_rtd_theme"}
#: What a theme cannot do without.
MORE: Final = {
    "sphinx_immaterial": """
extensions.append("sphinx_immaterial")
html_theme_options = {
    "font": False,
    "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default"},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
    ],
}
""",
}
POST: Final = "posts/the-quiet-way-to-work"
WINDOW: Final = (1280, 860)
WIDTH: Final = 800
QUALITY: Final = 72
CHROMIUMS: Final = ("chromium", "chromium-browser", "google-chrome")


def find_missing() -> list[str]:
    """Return what is missing, each with the way to get it."""
    missing = [
        f"{name}: install it with 'pip install {name}'"
        for name in ("playwright", *THEMES)
        if find_spec(name) is None
    ]
    if find_chromium() is None:
        missing.append(
            "Chromium: install it with 'apt install chromium', or set CHROMIUM to "
            "where it lies"
        )
    return missing


def find_chromium() -> str | None:
    """Return where a Chromium lies."""
    found = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in CHROMIUMS)]
    return next((name for name in found if name), None)


def build_blog(folder: Path, theme: str) -> Path:
    """Write and build the quickstart's blog; return the folder of its pages."""
    run = "import sys; from sphinx_leadposts.commands import main; sys.exit(main())"
    quickstart = [sys.executable, "-c", run, "quickstart"]
    subprocess.run(
        [*quickstart, str(folder), "--theme", theme, "--no-build"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(MORE.get(theme, ""))
    pages = folder / "_build" / "html"
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", str(folder), str(pages)],
        check=True,
    )
    return pages


def shoot(browser: Browser, address: str, scheme: str) -> bytes:
    """Return a page as a small picture."""
    page = browser.new_page(
        viewport={"width": WINDOW[0], "height": WINDOW[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.route("http*://**", lambda route: route.abort())
    page.goto(address)
    page.evaluate("() => Promise.all([...document.images].map((i) => i.decode()))")
    page.wait_for_timeout(500)  # some themes move on loading
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    height = round(WINDOW[1] * WIDTH / WINDOW[0])
    small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.save(stream, "WEBP", quality=QUALITY, method=6)
    return stream.getvalue()


def main() -> int:
    """Take all pictures; return the exit code."""
    missing = find_missing()
    if missing:
        print("Missing:", *missing, sep="\n- ", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be missing

    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox"]
        )
        for theme in THEMES:
            pages = build_blog(Path(scratch) / theme, theme)
            second = "light" if theme in WITHOUT_DARK else "dark"
            for what, docname, scheme in (
                ("home", "index", "light"),
                ("post", POST, second),
            ):
                address = (pages / f"{docname}.html").as_uri()
                content = shoot(browser, address, scheme)
                (FOLDER / f"{theme}-{what}.webp").write_bytes(content)
                print(f"{theme}-{what}.webp  {len(content) / 1000:.0f} kB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
