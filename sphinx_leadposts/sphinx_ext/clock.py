"""The moment of a build, which is asked for once."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

#: 9999-12-30T23:59:59Z in seconds since 1970: the last day that is one in every zone.
_LAST: Final = 253_402_214_399


def read_clock() -> datetime:
    """Return the moment of the build, aware: ``SOURCE_DATE_EPOCH`` where it is set.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(min(int(epoch), _LAST), UTC)
    return datetime.now(UTC)
