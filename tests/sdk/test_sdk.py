"""The SDK itself: what it offers is what the documentation and the editor show, and it starts on little."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SDK = ROOT / "qntx_desktop" / "sdk"
DEAR = {"argparse", "ctypes", "dataclasses", "inspect", "tempfile", "traceback", "typing", "threading", "datetime"}


def public_names() -> list[str]:
    tree = ast.parse((SDK / "qntx" / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return list(ast.literal_eval(node.value))
    raise AssertionError("no __all__")


def test_every_public_name_is_documented() -> None:
    text = (ROOT / "docs" / "handlers.md").read_text(encoding="utf-8")
    missing = [name for name in public_names() if not re.search(rf"`(qntx\.)?{name}\b", text)]
    assert missing == []


def test_every_public_name_has_words_for_the_editor() -> None:
    tree = ast.parse((SDK / "qntx" / "__init__.py").read_text(encoding="utf-8"))
    told = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and ast.get_docstring(node)}
    for node, after in zip(tree.body, tree.body[1:], strict=False):
        text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and text:
            told.add(node.target.id)
    assert set(public_names()) <= told


@pytest.mark.parametrize("path", sorted(SDK.rglob("*.py")), ids=lambda path: path.name)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_a_handler_starts_without_dear_modules() -> None:
    script = "import sys; sys.path.append(sys.argv[1]); import qntx._run; print(' '.join(sorted(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", script, str(SDK)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    loaded = set(ended.stdout.split())
    assert "qntx._channel" in loaded
    assert loaded & DEAR == set()
