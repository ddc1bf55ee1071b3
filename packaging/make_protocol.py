"""Makes `qntx_desktop/protocol/*_pb2.py` and their stubs from the `.proto` files beside them.

    .venv/bin/python packaging/make_protocol.py

Needs grpcio-tools, which stands in the development group. What it writes is committed: users never need it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parents[1]
PLACE = "qntx_desktop/protocol"


def main(target: Path = ROOT) -> int:
    """Write the code below `target`; return the compiler's exit code."""
    files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / PLACE).glob("*.proto"))
    includes = f"-I{Path(protoc.__file__).parent / '_proto'}"
    outputs = (f"--python_out={target}", f"--pyi_out={target}")
    return int(protoc.main(["protoc", f"-I{ROOT}", includes, *outputs, *files]))


if __name__ == "__main__":
    sys.exit(main())
