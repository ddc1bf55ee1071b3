"""Where fonts, icons, themes and templates stand: inside the installed package, or beside it in a clone.

Standard library only; any thread. Reads nothing itself.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def resource_root() -> Path:
    """Return the folder of all resources; a wheel carries it as `_resources`, a clone has it at its top."""
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """Return the path of one resource.

    Args:
        parts: Folder and file names under the resources folder, such as `"fonts", "QNTXSymbols.ttf"`.

    Returns:
        An absolute path; whether the file exists is for the reader to find out.
    """
    return resource_root().joinpath(*parts)
