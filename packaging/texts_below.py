"""Find the English of the floors below the window: what errors say, why jobs wait, what went wrong where.

Two kinds, both as templates with `{name}` where something is put in. What a leaf of the error tree says is found by
making the leaf with its own parameters' names as values, with and without each that may be left out. What stands at
the places where errors are raised is read from the code. The window gives each its German by the template.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "qntx_desktop"
#: Whole rooms whose sentences reach a person, and those of their files that do not.
ROOMS = ("model", "services", "engines/git", "engines/packages")
FILES = (
    "engines/cron.py",
    "engines/config_file.py",
    "engines/keychain.py",
    "engines/metadata.py",
    "engines/python_code.py",
    "engines/sandbox/adviser.py",
    "engines/sandbox/broker_rules.py",
    "engines/sandbox/ending.py",
    "engines/sandbox/hosts.py",
    "engines/remote/cluster.py",
    "engines/remote/run.py",
    "store/faults.py",
    "store/inspection.py",
    "store/job_recovery.py",
    "sdk/check.py",
)
SILENT = (
    "model/asking.py",
    "model/ats_tokens.py",
    "model/code_file.py",
    "model/option.py",
    "services/canvas_templates.py",
    "services/doctor.py",
    "services/plugin_template.py",
    "engines/packages/pythons.py",
)
#: Calls whose texts are for logs, programs and defects of ours.
MUTE = {
    "debug", "info", "warning", "error", "exception", "critical", "compile", "run", "unified_diff", "strftime",
    "split", "frozenset", "RuntimeError", "AssertionError", "TypeError", "NotImplementedError", "text", "execute",
    "casefold", "CanvasTemplate", "pack", "startswith", "append", "encode", "print", "getLogger",
}  # fmt: skip
#: Single words and halves of sentences that are put into others.
WORDS = (
    "pending", "running", "completed", "failed", "cancelled", "once", "{number} times", "day", "month", "branch",
    "tag", "manual", "memory", "disk", "files", "attestations", "half a character (surrogate), {point}",
    "a control character, {point}", "name", "value", "interval", "webhook secret", "token", "time zone",
    "network: {host}", "read: {path}", "write: {path}", "secret: {name}", "package: {package}", "time: {duration}",
    "memory: {size}", "network: any host", "declared", "connected", "refused: {reason}", "queued", "ping",
    "ignored", "repeated", "refused", "again", "open", "closed",
    "path", "subjects", "predicates", "contexts", "actors", "attributes", "address", "code", "command",
    "'{cron}': bad minute", "'{cron}': bad hour", "'{cron}': bad day-of-month", "'{cron}': bad month",
    "'{cron}': bad day-of-week",
    "{path} holds half a character (surrogate).",
)  # fmt: skip
#: What looks like a sentence and is none, or is said by `ui/told.py` in its own way.
JUNK = {
    ' "canvas {uid}": {', " on this machine", "code_file.", "handler.", "ix folder {quote_token}", "ix git",
    "ix git {quote_token}", "ix {named} {quote_token}", "ix {quote_token}", "ix {suffix} {quote_token}",
    "every second", "every {count} {name}s", "every {interval_s} s", "every {name}", "every {seconds} seconds",
    "every {size} {unit}", "sync {name}", "{MAX_BYTES} GB", "{_MEGABYTE} MB",
    "{job_type} is no handler of a plugin", "{name}: {commit}{files} waits for review: qntx source diff {name}",
    "it is confined", "partly confined", "not confined", "Partly confined",
    "Not confined: a separate process with limits", "{number} times",
}  # fmt: skip
_QUERY = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|PRAGMA|BEGIN|ORDER|WHERE|EXISTS|status =|refs/)")
_SENTENCE = re.compile(r"[a-z}'] [A-Za-z{'(0-9]|[a-z]{3}\.$")
_SLOT = re.compile(r"\{(\w+)\}")
#: What the system says of files and connections, in the C library's words; it is never asked here, so that the
#: tables are the same wherever they are made.
_WRONG = (
    "Address already in use", "Cannot allocate memory", "Connection refused", "Connection reset by peer",
    "Connection timed out", "Device or resource busy", "Directory not empty", "File exists", "File name too long",
    "Input/output error", "Invalid argument", "Is a directory", "No space left on device",
    "No such file or directory", "Not a directory", "Operation not permitted", "Permission denied",
    "Read-only file system", "Too many levels of symbolic links", "Too many open files",
)  # fmt: skip


class _Said:
    """A number that is written as the name of its parameter."""

    said: str

    def __format__(self, spec: str) -> str:
        return self.said

    def __str__(self) -> str:
        return self.said

    __repr__ = __str__


class _Whole(_Said, int):
    pass


class _Broken(_Said, float):
    pass


def leaves() -> Iterator[type[Any]]:
    """Every error that has a code, in order of its name."""
    sys.path.insert(0, str(ROOT))
    from qntx_desktop.model import errors

    found = {each for each in vars(errors).values() if inspect.isclass(each) and issubclass(each, errors.QntxError)}
    return iter(sorted((each for each in found if each.code), key=lambda each: each.__name__))


@cache
def leaf_templates() -> dict[str, list[str]]:
    """What each code can say by itself, messages and hints, by code."""
    told: dict[str, set[str]] = {}
    for leaf in leaves():
        for error in samples(leaf):
            said = (each for each in (error.message, error.hint) if _joins(each) and " None" not in each)
            told.setdefault(leaf.code, set()).update(said)
    return {code: sorted(each) for code, each in sorted(told.items())}


def samples(leaf: type[Any]) -> Iterator[Any]:
    """A leaf made with the names of its parameters, in every way of leaving some out."""
    hints = typing.get_type_hints(leaf.__init__)
    named = [
        each
        for each in list(inspect.signature(leaf.__init__).parameters.values())[1:]
        if each.kind is not each.VAR_KEYWORD and each.kind is not each.VAR_POSITIONAL
    ]
    ways = [_ways(each, hints.get(each.name, str)) for each in named]
    for chosen in itertools.product(*ways):
        given = {each.name: value for each, (there, value) in zip(named, chosen, strict=True) if there}
        yield leaf(**given)


def _ways(parameter: inspect.Parameter, kind: Any) -> list[tuple[bool, Any]]:
    there = [(True, value) for value in _values(parameter.name, kind)]
    default = parameter.default
    if default is parameter.empty or (isinstance(default, str) and default):
        return there
    return [*there, (False, None)]


def _values(name: str, kind: Any) -> list[Any]:
    said = f"{{{name}}}"
    kinds = typing.get_args(kind) if typing.get_origin(kind) in (types.UnionType, typing.Union) else (kind,)
    for each in kinds:
        if each is bool:
            return [True, False]
        if each in (int, float):
            number = _Whole(7) if each is int else _Broken(7.5)
            number.said = said
            return [number]
        if typing.get_origin(each) in (tuple, list) or "Sequence" in str(each):
            return [()] if "dict" in str(each) else [(said,)]
    return [said]


def defaults() -> set[str]:
    """What leaves say for parameters that were left out, such as a usual reason."""
    found = set()
    for leaf in leaves():
        for each in inspect.signature(leaf.__init__).parameters.values():
            if isinstance(each.default, str) and _SENTENCE.search(each.default):
                found.add(each.default)
    return found


def _joins(text: str) -> bool:
    """Whether a template has words, or puts two things together; those without words need no translator."""
    return says(text) or len(_SLOT.findall(text)) > 1


def says(text: str) -> bool:
    """Whether a template has words of its own."""
    return bool(re.search(r"[A-Za-z]{2}", _SLOT.sub("", text)))


@cache
def reasons() -> list[str]:
    """Every sentence of the rooms below that errors, waiting jobs and notes carry, in order of the alphabet."""
    found = {*_WRONG, *WORDS} | defaults()
    for path in _paths():
        text, whole = path.read_text(encoding="utf-8"), _whole(path)
        if not whole and "Err" not in text:
            continue
        tree = ast.parse(text)
        above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        found.update(_of(tree, above, whole=whole))
    return sorted(found)


def _paths() -> Iterable[Path]:
    rooms = ("model", "store", "engines", "services", "sdk", "app", "ui")
    files = (path for room in rooms for path in (PACKAGE / room).rglob("*.py"))
    return sorted(path for path in files if not path.name.startswith("errors"))


def _whole(path: Path) -> bool:
    name = path.relative_to(PACKAGE).as_posix()
    return name not in SILENT and (name in FILES or any(name.startswith(room + "/") for room in ROOMS))


def _of(tree: ast.AST, above: Mapping[ast.AST, ast.AST], *, whole: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        parent = above.get(node)
        if parent is None or isinstance(parent, ast.JoinedStr | ast.Expr | ast.FormattedValue | ast.Compare):
            continue
        text = _template(node)
        if text is None or text in JUNK or "\n" in text or not _SENTENCE.search(text) or _QUERY.match(text):
            continue
        callee = _callee(node, above)
        if callee.startswith("Err") or (whole and callee not in MUTE):
            yield text


def _callee(node: ast.AST, above: Mapping[ast.AST, ast.AST]) -> str:
    """The innermost call that a text is given to; empty for none."""
    while node in above and not isinstance(node, ast.stmt):
        node = above[node]
        if isinstance(node, ast.Call):
            if getattr(node.func, "attr", "") in ("replace", "format", "join", "rstrip", "strip", "removesuffix"):
                continue
            return str(getattr(node.func, "attr", getattr(node.func, "id", "")))
    return ""


def _template(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    names: dict[str, str] = {}
    parts = [_part(each, names) for each in node.values]
    return "".join(parts) if says("".join(parts)) else None


def _part(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.FormattedValue)
    spelled = ast.unparse(node.value)
    if spelled not in names:
        name = _name(node.value)
        names[spelled] = name if name not in names.values() else f"{name}{len(names) + 1}"
    return f"{{{names[spelled]}}}"


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return next((each.id for each in ast.walk(node) if isinstance(each, ast.Name)), "value")
