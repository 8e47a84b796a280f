"""The formats that derivatives are made in: names, limits, parameters, versions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Options: TypeAlias = tuple[tuple[str, str | int | bool], ...]
"""Parameters of ``PIL.Image.Image.save``, sorted by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """One format as files are written in it.

    ``format`` is Pillow's name for it, ``limit`` the longest side in pixels that it
    can hold, ``libraries`` what ``PIL.features`` calls the code that writes it.
    """

    format: str
    mimetype: str
    suffix: str
    limit: int
    options: Options
    libraries: tuple[str, ...]
    has_alpha: bool = True
    has_quality: bool = True


ENCODERS: Final[Mapping[str, Encoder]] = MappingProxyType(
    {
        "webp": Encoder(
            format="WEBP",
            mimetype="image/webp",
            suffix=".webp",
            limit=16383,  # RFC 9649, 2.7: 14 bits each
            options=(("method", 4),),
            libraries=("webp",),
        ),
        "avif": Encoder(
            format="AVIF",
            mimetype="image/avif",
            suffix=".avif",
            limit=16383,
            # One thread each: whoever calls gives a core to every picture. Tiles only
            # let threads share a picture, and cost bytes.
            options=(("autotiling", False), ("max_threads", 1), ("speed", 8)),
            libraries=("avif",),
        ),
        "jpeg": Encoder(
            format="JPEG",
            mimetype="image/jpeg",
            suffix=".jpg",
            limit=65500,  # libjpeg's JPEG_MAX_DIMENSION
            options=(("optimize", True), ("progressive", True)),
            libraries=("jpg", "libjpeg_turbo"),
            has_alpha=False,
        ),
        "png": Encoder(
            format="PNG",
            mimetype="image/png",
            suffix=".png",
            limit=65500,
            options=(("optimize", True),),
            libraries=("zlib", "zlib_ng"),
            has_quality=False,
        ),
    }
)
"""Every format that a recipe may name."""


@cache
def describe_encoder(name: str) -> str:
    """Return the versions that decide what comes out of an encoder.

    Empty where Pillow was built without it, as it may be without AVIF.

    :raises KeyError: where there is no encoder of that name.
    """
    # Loaded late: a plan is made of every picture in every build.
    from PIL import __version__, features  # noqa: PLC0415

    if not features.check(ENCODERS[name].libraries[0]):
        return ""
    libraries = (*ENCODERS[name].libraries, "littlecms2")
    versions = [f"{library} {features.version(library)}" for library in libraries]
    return ", ".join((f"Pillow {__version__}", *versions))


def choose_formats(asked: Iterable[str]) -> tuple[str, ...]:
    """Return the formats that Pillow can write here; WebP where it can write none.

    :param asked: names of `ENCODERS`
    """
    return tuple(name for name in asked if describe_encoder(name)) or ("webp",)
