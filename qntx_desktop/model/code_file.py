"""Which file of a code source ran, at which commit. Pure; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFile:
    """A file of a code source; `commit` is None for a folder of one's own, and before it runs."""

    source: str
    path: str
    commit: str | None = None

    @property
    def reference(self) -> str:
        """How a command names it: `my-repo/lib/feed.py`."""
        return f"{self.source}/{self.path}"

    @property
    def actor(self) -> str:
        """Who attests when it runs: `my-repo/lib/feed.py@<commit>`."""
        return f"{self.reference}@{self.commit}" if self.commit else self.reference

    @property
    def words(self) -> str:
        """For people: `my-repo/lib/feed.py at 0123456789ab`."""
        return f"{self.reference} at {self.commit[:12]}" if self.commit else self.reference

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"source": self.source, "path": self.path, "commit": self.commit}


def read_code_file(kept: Mapping[str, Any]) -> CodeFile:
    """What `to_json` made."""
    return CodeFile(source=str(kept["source"]), path=str(kept["path"]), commit=kept.get("commit"))
