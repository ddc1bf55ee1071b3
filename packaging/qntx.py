#!/usr/bin/env python3
"""Start QNTX Desktop, or its checks, on a machine that has nothing but Python.

    python3 packaging/qntx.py run [ARGS...]    set up if needed, then open the window
    python3 packaging/qntx.py test [ARGS...]   set up, then every check; ARGS go to pytest
    python3 packaging/qntx.py setup            set up only
    python3 packaging/qntx.py lock             write requirements.lock again from pyproject.toml

Standard library only. This file keeps to what old interpreters can read, so that one of them can still look
for a newer one on PATH and start again with it.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")


def is_new_enough(interpreter):
    """Say whether the program `interpreter` runs and is a Python of OLDEST or above."""
    check = "import sys; sys.exit(0 if sys.version_info[:2] >= (%d, %d) else 1)" % OLDEST
    try:
        with open(os.devnull, "w") as nowhere:
            return subprocess.call([interpreter, "-c", check], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def restart_with_newer(arguments):
    """Run this file again with the first new enough Python on PATH; return the exit code."""
    for candidate in CANDIDATES:
        if is_new_enough(candidate):
            return subprocess.call([candidate, os.path.abspath(__file__)] + list(arguments))
    sys.stderr.write(
        "QNTX Desktop needs Python %d.%d or newer; this is Python %d.%d and PATH has no newer one.\n"
        "Install one (Linux: package python3.11 or above; macOS, Windows: python.org); then run this again.\n"
        % (OLDEST + tuple(sys.version_info[:2]))
    )
    return 5


def main(arguments):
    """Hand over to the bootstrap proper, in this interpreter or a newer one."""
    if tuple(sys.version_info[:2]) < OLDEST:
        return restart_with_newer(arguments)
    from bootstrap import commands

    return commands.main(arguments)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main(sys.argv[1:]))
