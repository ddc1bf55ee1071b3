"""A quick look at inline metadata: which script type a file says it serves.

Pure; any thread. The text may come from anybody: nothing is executed, what cannot be read declares nothing.

Source: PEP 723.
"""

from __future__ import annotations

import re

from qntx_desktop.model.errors import ErrInvalidHandlerName
from qntx_desktop.model.ix import check_handler_name

_BLOCK = re.compile(r"(?m)^# /// script[ \t]*$\r?\n(?P<lines>(?:^#(?:| .*)$\r?\n)+?)^# ///[ \t]*$")
MAX_BLOCK_CHARS = 20_000


def declared_type(code: str) -> str | None:
    """The `script_type` under `[tool.qntx]` in the code's inline metadata, None when there is none that can be."""
    if "/// script" not in code or "script_type" not in code:
        return None
    found = _BLOCK.search(code)
    if found is None or len(found["lines"]) > MAX_BLOCK_CHARS:
        return None
    import tomllib  # late: most files declare nothing

    text = "\n".join(line[2:] if line.startswith("# ") else line[1:] for line in found["lines"].splitlines())
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    tool = table.get("tool")
    own = tool.get("qntx") if isinstance(tool, dict) else None
    name = own.get("script_type") if isinstance(own, dict) else None
    try:
        return check_handler_name(name) if isinstance(name, str) else None
    except ErrInvalidHandlerName:
        return None
