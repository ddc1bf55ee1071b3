"""The files of code sources: list, read, and write those of manual ones."""

from __future__ import annotations

from qntx_desktop.api.models import SOURCE_FILE
from qntx_desktop.api.route import RAW_TYPE, Answer, Asked, Readable, Route
from qntx_desktop.api.routes.sources import ID
from qntx_desktop.api.shapes import ListOf, Text
from qntx_desktop.model.api_token import Scope
from qntx_desktop.services.source_files import MAX_FILE_BYTES, SourceFiles

_FILE = "/api/sources/{id}/files/{path...}"
_PARAMS: dict[str, Readable] = {"id": ID, "path": Text(fewest=1, most=400)}


def _files(asked: Asked, *, editable: bool = False) -> SourceFiles:
    sources = asked.desk.services.sources
    name = sources.by_id(asked.path["id"]).name
    return sources.editable_files(name) if editable else sources.files(name)


def _list(asked: Asked) -> Answer:
    return Answer(body=[entry.to_json() for entry in _files(asked).tree()])


def _read(asked: Asked) -> Answer:
    raw = _files(asked).read(asked.path["path"])
    # Never a type that a browser would show as a page.
    return Answer(body=raw, content_type=RAW_TYPE, headers={"Content-Disposition": "attachment"})


def _write(asked: Asked) -> Answer:
    _files(asked, editable=True).write(asked.path["path"], asked.raw)
    return Answer(status=204)


def _delete(asked: Asked) -> Answer:
    _files(asked, editable=True).delete(asked.path["path"])
    return Answer(status=204)


ROUTES = (
    Route(
        method="GET",
        path="/api/sources/{id}/files",
        summary="The files of the revision that is in use",
        scope=Scope.READ,
        answers={200: ListOf(SOURCE_FILE)},
        work=_list,
        params={"id": ID},
    ),
    Route(
        method="GET",
        path=_FILE,
        summary="A file, as it is",
        scope=Scope.READ,
        answers={200: None},
        work=_read,
        params=_PARAMS,
        any_type=True,
    ),
    Route(
        method="PUT",
        path=_FILE,
        summary="Write a file of a manual source: the body as it is, of any type",
        scope=Scope.WRITE,
        answers={204: None},
        work=_write,
        params=_PARAMS,
        takes_raw=True,
        most_bytes=MAX_FILE_BYTES,
    ),
    Route(
        method="DELETE",
        path=_FILE,
        summary="Delete a file of a manual source",
        scope=Scope.WRITE,
        answers={204: None},
        work=_delete,
        params=_PARAMS,
    ),
)
