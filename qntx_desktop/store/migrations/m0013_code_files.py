"""Schema 13: which file of a code source attestations come from stays known past retention. Pure text."""

from __future__ import annotations

STATEMENTS = ("ALTER TABLE origin ADD COLUMN code_file TEXT",)
