"""`qntx`: where a call begins. Everything else is imported only after the version was not what is asked for.

Main thread.
"""

from __future__ import annotations

import sys

from qntx_desktop import __version__

TYPE_CHECKING = False  # `typing` alone would double what `--version` costs
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call.

    Args:
        argv: The words after `qntx`; None takes those of the process.

    Returns:
        The exit code; see `program`.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"] and _said(f"qntx {__version__}"):
        return 0
    from qntx_desktop.cli.program import run

    return run(arguments)


def _said(text: str) -> bool:
    try:
        print(text, flush=True)
    except OSError:  # a closed pipe, a full disk: the program knows what to do about it
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
