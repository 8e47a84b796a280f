"""From records of the domain, and placeholders in doctrees, to pages."""

from __future__ import annotations
