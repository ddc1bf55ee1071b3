"""Makes the bootstrap importable as `bootstrap`, without putting `packaging/` on the path for everybody."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "packaging" / "bootstrap"


def _load_bootstrap() -> None:
    spec = importlib.util.spec_from_file_location(
        "bootstrap", _FOLDER / "__init__.py", submodule_search_locations=[str(_FOLDER)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["bootstrap"] = package
    spec.loader.exec_module(package)


_load_bootstrap()
