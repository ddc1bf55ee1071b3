"""`python -m qntx_desktop.cli` is `qntx`."""

from __future__ import annotations

import sys

from qntx_desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
