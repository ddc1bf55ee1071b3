"""All kinds of glyphs. A new kind is a file of its own and one line here.

Any thread; the kinds hold no state.
"""

from __future__ import annotations

from qntx_desktop.ui.glyphs.attestation import AttestationKind
from qntx_desktop.ui.glyphs.canvas import CanvasKind
from qntx_desktop.ui.glyphs.error import ErrorKind
from qntx_desktop.ui.glyphs.frame import FrameKind
from qntx_desktop.ui.glyphs.ix import IxKind
from qntx_desktop.ui.glyphs.kind import GlyphKind
from qntx_desktop.ui.glyphs.note import NoteKind
from qntx_desktop.ui.glyphs.placeholder import PlaceholderKind
from qntx_desktop.ui.glyphs.preview import PreviewKind
from qntx_desktop.ui.glyphs.python import PythonKind
from qntx_desktop.ui.glyphs.result import ResultKind

KINDS: tuple[GlyphKind, ...] = (
    IxKind(),
    PythonKind(),
    ResultKind(),
    NoteKind(),
    PreviewKind(),
    FrameKind(),
    CanvasKind(),
    AttestationKind(),
    ErrorKind(),
)
"""In the order of the palette."""
PLACEHOLDER: GlyphKind = PlaceholderKind()
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(name: str) -> GlyphKind:
    """The kind of that name, or the placeholder for one that nobody here knows."""
    return _BY_NAME.get(name, PLACEHOLDER)
