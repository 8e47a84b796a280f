"""From documents to records of the domain, and placeholders in doctrees."""

from __future__ import annotations
