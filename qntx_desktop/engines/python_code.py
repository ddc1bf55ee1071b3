"""Checks code before it is saved: it parses, it does something, its metadata makes sense. Any thread; blocks.

The parsing happens in a process of its own, because code can be made that crashes the parser.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from qntx_desktop.engines.interpreter import clean_environment, start_of_command
from qntx_desktop.engines.metadata import read_requires
from qntx_desktop.model.errors import ErrEmptyCode, ErrSyntax, ErrUnexpected
from qntx_desktop.model.handler import MAX_CODE_BYTES, Requires

_TIMEOUT_S = 20.0
_TOO_COMPLEX = "Python cannot parse this code: it is nested too deeply or too complex"


def check_code(code: str) -> Requires:
    """Parse code and read its inline metadata. Nothing of it is executed.

    Args:
        code: Python source, at most `MAX_CODE_BYTES` as UTF-8.

    Returns:
        What the code asks for, with defaults where it says nothing.

    Raises:
        ErrEmptyCode: Nothing but space and comments.
        ErrSyntax: Python cannot parse it, or the metadata is malformed; line and column are 1-based.
        ErrPythonRequired: It needs a version of Python that is not here.
        ErrUnexpected: The parser cannot be started.
    """
    raw = code.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_CODE_BYTES:
        raise ErrSyntax(f"The code has {len(raw):,} bytes, at most {MAX_CODE_BYTES:,}", 1, 1)
    if not code.strip():
        raise ErrEmptyCode
    answer = _parsed(raw)
    if answer.get("empty"):
        raise ErrEmptyCode
    if "reason" in answer:
        raise ErrSyntax(answer["reason"], answer["line"], answer["column"])
    requires = read_requires(answer["ok"], answer["lines"])
    if requires.permissions.requires_python:
        from qntx_desktop.engines.packages.pythons import python_for  # late: few say anything about it

        python_for(requires.permissions.requires_python)
    return requires


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        ended = subprocess.run(
            start_of_command("check.py"),
            input=raw,
            capture_output=True,
            env=clean_environment(),
            timeout=_TIMEOUT_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise ErrSyntax(f"Python cannot parse this code within {_TIMEOUT_S:g} s", 1, 1) from None
    except OSError as error:
        raise ErrUnexpected(f"the code cannot be checked: {error.strerror or error}", "check") from error
    try:
        answer = json.loads(ended.stdout)
    except ValueError:  # the parser itself has died
        raise ErrSyntax(_TOO_COMPLEX, 1, 1) from None
    return answer if isinstance(answer, dict) else {}
