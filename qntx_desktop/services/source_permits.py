"""Files of code sources as code from elsewhere: what is asked about, and what a yes is kept for.

Any thread but the GUI's. A file can import whatever Python lies beside it in its source, so a yes is for the file
in one revision of the whole source: a sync that brings a new commit, or a change of any Python file of a manual
source, asks again if the file asks for more than the default.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qntx_desktop.model.asking import asks_more
from qntx_desktop.model.errors import ErrEmptyCode, ErrSyntax
from qntx_desktop.model.handler import Requires, requires_json
from qntx_desktop.model.source import Source
from qntx_desktop.services.handlers import CheckCode
from qntx_desktop.services.source_files import SourceFiles

if TYPE_CHECKING:
    from qntx_desktop.services.permits import Permits
    from qntx_desktop.services.sources import Sources

ORIGIN = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCode:
    """A Python file of a code source at its present revision.

    Args:
        stamp: Changes with any code that could run with it: the commit, else a digest of all Python files.
        key: Under which a yes is kept.
        root: The folder that holds the whole source at this revision.
        commit: None for a folder of one's own.
    """

    source: str
    path: str
    text: str
    requires: Requires
    stamp: str
    key: str
    root: Path
    commit: str | None

    @property
    def reference(self) -> str:
        """How a command names it: `my-repo/lib/feed.py`."""
        return f"{self.source}/{self.path}"

    def to_json(self) -> dict[str, Any]:
        """JSON-ready, with what it asks for."""
        return {
            "reference": self.reference,
            "source": self.source,
            "path": self.path,
            "revision": self.stamp,
            "code_sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            "requires": requires_json(self.requires),
            "asks": [each.to_json() for each in asks_more(self.requires)],
        }


def read_source_code(sources: Sources, check: CheckCode, reference: str) -> SourceCode:
    """The file that `source/path/file.py` names.

    Args:
        check: Parses code, outside the app's process.

    Raises:
        ErrSourceNotFound, ErrFileNotFound, ErrPathOutsideSource: There is no such file.
        ErrEmptyCode, ErrSyntax: It cannot be run.
    """
    source, path, text = sources.code(reference)
    root = sources.folder(source)
    stamp = stamp_of(source, SourceFiles(root))
    return SourceCode(
        source=source.name,
        path=path,
        text=text,
        requires=checked(check, reference, text),
        stamp=stamp,
        key=f"{ORIGIN}:{source.id}:{path}@{stamp}",
        root=root,
        commit=source.revision.commit if source.revision is not None else None,
    )


def checked(check: CheckCode, reference: str, text: str) -> Requires:
    """What a file declares.

    Raises:
        ErrEmptyCode, ErrSyntax: It cannot be run; the hint names the file.
    """
    try:
        return check(text)
    except (ErrEmptyCode, ErrSyntax) as error:
        error.hint = f"Nothing ran. Correct {reference} where it comes from."
        raise


def stamp_of(source: Source, files: SourceFiles) -> str:
    """What changes with any code of a source."""
    if source.revision is not None:
        return source.revision.commit
    digest = hashlib.sha256()
    for entry in files.tree():
        if entry.path.endswith(".py"):
            digest.update(f"{entry.path}\0{entry.size_bytes}\0".encode("utf-8", "surrogateescape"))
            digest.update(files.read(entry.path))
    return digest.hexdigest()


def check_source(permits: Permits, code: SourceCode) -> None:
    """Pass a file that may run now.

    Raises:
        ErrPermissionRequired: A person has to say yes first; the hint says how.
    """
    permits.check_code(code.key, code.requires, code.reference, name=code.reference)


def allow_source(permits: Permits, sources: Sources, check: CheckCode, reference: str) -> SourceCode:
    """Keep a person's yes to a file as it is now, and to the confinement there is; jobs that waited go on.

    Raises:
        QntxError: As `read_source_code`.
    """
    code = read_source_code(sources, check, reference)
    allow_source_code(permits, code)
    return code


def allow_source_code(permits: Permits, code: SourceCode) -> None:
    """Keep a person's yes to the very code that was shown, which may not be what stands there now."""
    permits.allow_code(code.key, ORIGIN)
