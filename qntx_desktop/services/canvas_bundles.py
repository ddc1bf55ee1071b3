"""A canvas with what it needs to run elsewhere: its handlers and the files its commands name, in one `.qntx` file.

Any thread but the GUI's. Secrets never travel: handlers name those they need, values stay in the store. Results do
not travel either. What is imported waits for a yes like all code from elsewhere.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qntx_desktop.model import canvas_file
from qntx_desktop.model.asking import Ask, asks_more
from qntx_desktop.model.canvas_file import CanvasText
from qntx_desktop.model.canvases import CanvasLine
from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidBundle, QntxError
from qntx_desktop.model.glyph import KIND_IX, KIND_PYTHON, Glyph
from qntx_desktop.model.handler import HandlerVersion, requires_of
from qntx_desktop.model.ix import parse_ix, quote_token
from qntx_desktop.services import bundle_zip
from qntx_desktop.services.bundles import Bundles
from qntx_desktop.services.canvas_files import write_file
from qntx_desktop.services.canvases import Canvases, came_from_elsewhere, saved_state
from qntx_desktop.services.handlers import Handlers
from qntx_desktop.services.permits import Permits

_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledCode:
    """A handler of a bundle, as the sheet shows it."""

    name: str
    code: str
    asks: tuple[Ask, ...]
    known: bool
    """The newest version here has this very code already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLook:
    """What a file holds, before anything of it is imported. `inputs` are names and sizes in bytes."""

    path: str
    digest: str
    name: str
    glyphs: int
    canvases: int
    handlers: tuple[BundledCode, ...]
    inputs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written. `left_out` are files that commands name and that are too large, each with its size."""

    path: str
    bytes: int
    handlers: tuple[str, ...]
    inputs: tuple[str, ...]
    left_out: tuple[str, ...]


class CanvasBundles:
    """Writes bundles and takes them in.

    Args:
        folder: Where the files of bundles are put, each bundle in a folder of its own.
    """

    def __init__(
        self, canvases: Canvases, handlers: Handlers, bundles: Bundles, permits: Permits, folder: Path
    ) -> None:
        self._canvases, self._handlers, self._bundles = canvases, handlers, bundles
        self._permits, self._folder = permits, folder

    def files(self, canvas_id: int) -> tuple[tuple[str, int], ...]:
        """The files that `export` would take along, with their sizes in bytes.

        Raises:
            ErrCanvasNotFound: There is none of this number.
        """
        _, pins = self._pinned(canvas_id, ())
        return tuple(pins.files.items())

    def keep_picture(self, content: bytes) -> str:
        """Keep a picture that was pasted, as a PNG file of its own among the inputs.

        Returns:
            Its path.

        Raises:
            ErrFileNotFound: It cannot be written.
        """
        return write_file(str(self._own_folder("picture") / "picture.png"), content)

    def _pinned(self, canvas_id: int, without: Collection[str]) -> tuple[CanvasText, _Pins]:
        found = canvas_file.read(self._canvases.text_of(canvas_id))
        pins = _Pins(Path(self._canvases.get(canvas_id).folder), without)
        inside = {key: replace(each, glyphs=pins.pinned(each.glyphs)) for key, each in found.inside.items()}
        return replace(found, glyphs=pins.pinned(found.glyphs), inside=inside), pins

    def export(self, canvas_id: int, path: str, without: Collection[str] = ()) -> Exported:
        """Write a canvas, those inside it, the handlers their commands use, and the files those name.

        Args:
            without: Paths, as `files` gives them, that stay here.

        Raises:
            ErrCanvasNotFound: There is none of this number.
            ErrFileNotFound: It cannot be written there.
        """
        whole, pins = self._pinned(canvas_id, without)
        text = canvas_file.written(whole.name, whole.glyphs, whole.edges, whole.inside)
        entries = {bundle_zip.CANVAS: text.encode("utf-8", "surrogatepass"), **pins.entries}
        names = [each for each in _types(whole) if self._handlers.newest(each) is not None]
        if names:
            entries[bundle_zip.HANDLERS] = self._bundles.export(names).encode("utf-8")
        content = bundle_zip.packed(entries)
        write_file(path, content)
        inputs = tuple(name.removeprefix(bundle_zip.INPUTS) for name in pins.entries)
        return Exported(
            path=path, bytes=len(content), handlers=tuple(names), inputs=inputs, left_out=tuple(pins.left_out)
        )

    def look(self, path: str) -> BundleLook:
        """What a file holds; nothing is imported.

        Raises:
            ErrFileNotFound: It cannot be read.
            ErrInvalidBundle, ErrInvalidPayload: Something in it cannot be taken.
        """
        entries, digest = bundle_zip.read_file(path)
        found = _canvas_of(entries)
        handlers = tuple(self._shown(each) for each in self._read(entries))
        return BundleLook(
            path=path,
            digest=digest,
            name=found.name,
            glyphs=len(found.glyphs) + sum(len(each.glyphs) for each in found.inside.values()),
            canvases=1 + len(found.inside),
            handlers=handlers,
            inputs=tuple((name, len(content)) for name, content in _inputs(entries)),
        )

    def take(self, path: str, digest: str, allow: Collection[str] = ()) -> CanvasLine:
        """Make a canvas of a file that was looked at, save its handlers, and put its files into their own folder.

        Args:
            digest: What `look` said of it.
            allow: Types of handlers that a person said yes to; others wait when they ask for anything.

        Raises:
            ErrInvalidBundle, ErrInvalidPayload: Something in it cannot be taken, or the file is another one now.
            ErrFileNotFound: It cannot be read, or its files cannot be written.
        """
        entries, now = bundle_zip.read_file(path)
        if now != digest:
            raise ErrInvalidBundle("", "the file has changed since it was looked at")
        found = came_from_elsewhere(_canvas_of(entries))
        self._read(entries)
        inputs = _inputs(entries)
        folder = self._own_folder(found.name) if inputs else None
        try:
            for name, content in inputs:
                assert folder is not None
                write_file(str(folder / name), content)
            if bundle_zip.HANDLERS in entries:
                self._save(entries[bundle_zip.HANDLERS].decode("utf-8"), allow)
            inside = {uid: self._as_saved(each) for uid, each in found.inside.items()}
            whole = replace(self._as_saved(found), inside=inside)
            place = str(folder) if folder is not None else None
            return self._canvases.make_filled(whole, Path(path).stem, folder=place)
        except BaseException:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            raise

    def _save(self, text: str, allow: Collection[str]) -> None:
        for each in self._bundles.import_text(text):
            if each.handler.script_type in allow:
                self._permits.allow(self._handlers, each.handler.script_type, each.handler.version)

    def _as_saved(self, found: CanvasText) -> CanvasText:
        """The canvas, its code that is a handler's newest version marked as that."""
        return replace(found, glyphs=tuple(self._saved(each) for each in found.glyphs))

    def _saved(self, glyph: Glyph) -> Glyph:
        name = glyph.content.get("script_type") if glyph.kind == KIND_PYTHON else None
        newest = self._handlers.newest(name) if isinstance(name, str) else None
        if newest is None or newest.code != glyph.content.get("code"):
            return glyph
        return replace(glyph, state={**glyph.state, "saved": saved_state(newest)})

    def _read(self, entries: dict[str, bytes]) -> Sequence[HandlerVersion]:
        content = entries.get(bundle_zip.HANDLERS)
        if content is None:
            return ()
        try:
            return self._bundles.read(content.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise ErrInvalidBundle(bundle_zip.HANDLERS, "is not UTF-8 text") from error

    def _shown(self, each: HandlerVersion) -> BundledCode:
        newest = self._handlers.newest(each.script_type)
        return BundledCode(
            name=each.script_type,
            code=each.code,
            asks=asks_more(requires_of(each.requires)),
            known=newest is not None and newest.code == each.code,
        )

    def _own_folder(self, name: str) -> Path:
        stem = _PLAIN.sub("-", name.casefold()).strip("-")[:60] or "canvas"
        number = 1
        while True:
            folder = self._folder / (stem if number == 1 else f"{stem}-{number}")
            try:
                folder.mkdir(parents=True)
            except FileExistsError:
                number += 1
            except OSError as error:
                raise ErrFileNotFound(str(folder), error.strerror or str(error)) from error
            else:
                return folder


class _Pins:
    """Collects the files that commands name, under names of one flat folder."""

    def __init__(self, folder: Path, without: Collection[str]) -> None:
        self._folder, self._without = folder, frozenset(without)
        self._names: dict[Path, str] = {}
        self.entries: dict[str, bytes] = {}
        self.left_out: list[str] = []
        self.files: dict[str, int] = {}

    def pinned(self, glyphs: Iterable[Glyph]) -> tuple[Glyph, ...]:
        """The glyphs, their commands naming the files as they will lie beside the canvas."""
        return tuple(self._pinned(each) if each.kind == KIND_IX else each for each in glyphs)

    def _pinned(self, glyph: Glyph) -> Glyph:
        try:
            command = parse_ix(str(glyph.content.get("text", "")))
        except QntxError:
            return glyph
        if command.script_type is None:
            return glyph
        args = tuple(self._arg(each) for each in command.args)
        if args == command.args:
            return glyph
        text = " ".join(["ix", command.script_type, *(quote_token(each) for each in args)])
        return replace(glyph, content={**glyph.content, "text": text})

    def _arg(self, arg: str) -> str:
        option, equals, value = arg.partition("=") if arg.startswith("--") else ("", "", arg)
        name = self._pin(value)
        return f"{option}{equals}./{name}" if name else arg

    def _pin(self, value: str) -> str:
        if not value or "://" in value:
            return ""
        try:
            place = (self._folder / Path(value).expanduser()).resolve(strict=True)
            if not place.is_file() or str(place) in self._without:
                return ""
            if place in self._names:
                return self._names[place]
            size = place.stat().st_size
            if size > bundle_zip.MOST_INPUT_BYTES or sum(map(len, self.entries.values())) + size > 128 << 20:
                self.left_out.append(f"{place} ({size:,} bytes)")
                return ""
            content = place.read_bytes()
        except (OSError, ValueError, RuntimeError):  # no path at all, or nothing that can be read
            return ""
        name = self._free(place.name)
        self._names[place], self.files[str(place)] = name, size
        self.entries[f"{bundle_zip.INPUTS}{name}"] = content
        return name

    def _free(self, name: str) -> str:
        stem, dot, suffix = name.rpartition(".") if "." in name[1:] else (name, "", "")
        if bundle_zip.name_fault(name):
            stem = "file"
        taken = {each.casefold() for each in self._names.values()}
        number, free = 1, f"{stem}{dot}{suffix}"
        while free.casefold() in taken or bundle_zip.name_fault(free):
            number += 1
            free = f"{stem}-{number}{dot}{suffix}" if not bundle_zip.name_fault(f"x.{suffix}") else f"file-{number}"
        return free


def _types(found: CanvasText) -> list[str]:
    """The types that commands and Python glyphs name, by name."""
    names = set()
    for each in (found, *found.inside.values()):
        for glyph in each.glyphs:
            if glyph.kind == KIND_PYTHON and isinstance(glyph.content.get("script_type"), str):
                names.add(str(glyph.content["script_type"]))
            elif glyph.kind == KIND_IX:
                try:
                    command = parse_ix(str(glyph.content.get("text", "")))
                except QntxError:
                    continue
                names.add(command.script_type or "")
    return sorted(names - {""})


def _canvas_of(entries: dict[str, bytes]) -> CanvasText:
    try:
        return canvas_file.read(entries[bundle_zip.CANVAS].decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError as error:
        raise ErrInvalidBundle(bundle_zip.CANVAS, "is not UTF-8 text") from error


def _inputs(entries: dict[str, bytes]) -> list[tuple[str, bytes]]:
    start = bundle_zip.INPUTS
    return [(name.removeprefix(start), each) for name, each in sorted(entries.items()) if name.startswith(start)]
