"""Which characters a document of HTML may hold."""

from __future__ import annotations

import re
from typing import Final

#: Controls but for tabs and ends of lines, surrogates, and what is no character.
#: https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        chr(plane | last)
        for plane in range(0, 0x110000, 0x10000)
        for last in (0xFFFE, 0xFFFF)
    )
    + "]"
)


def replace_unfit(text: str, by: str = "") -> str:
    """Return ``text`` with ``by`` in place of each character that HTML may not hold."""
    # Nearly all texts are printable, and this is quick.
    return text if text.isprintable() else _UNFIT.sub(by, text)
