"""The programs in `packaging/` as modules: they belong to no package, and two of them start with the same word."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).resolve().parents[1] / "packaging"


def load(name: str, as_name: str = "") -> ModuleType:
    """Run `packaging/<name>.py` as a module of its own, `as_name` when another has its name."""
    spec = importlib.util.spec_from_file_location(as_name or name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
