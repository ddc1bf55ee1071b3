"""The tree of errors: one shape, stable codes, survives storing."""

from __future__ import annotations

import inspect
import json
import pickle

import pytest

from qntx_desktop.model import errors
from qntx_desktop.model.errors import Family, QntxError, error_from_json

SAMPLES: tuple[QntxError, ...] = (
    errors.ErrInvalidCommand("Nothing to ingest", 3),
    errors.ErrUnknownFlag("--x", "ix"),
    errors.ErrInvalidHandlerName("a_b", 2, "'_' is not allowed"),
    errors.ErrEmptyCode(),
    errors.ErrSyntax("invalid syntax", 3, 5),
    errors.ErrInvalidPayload("python.script", "args[0]", "must be a text"),
    errors.ErrInvalidQuery("Empty clause", 4),
    errors.ErrInvalidAttestation("subjects", "must name at least one"),
    errors.ErrNoIngestScript("rss-feed"),
    errors.ErrJobNotFound(7),
    errors.ErrFileNotFound("x.py"),
    errors.ErrAttestationNotFound("AS-1"),
    errors.ErrHandlerNotFound("csv", 2),
    errors.ErrGlyphNotFound(1),
    errors.ErrActiveJobExists(1, "csv"),
    errors.ErrJobNotCancellable(1, "completed"),
    errors.ErrStaleVersion("csv", 1, 2),
    errors.ErrPermissionRequired("network"),
    errors.ErrPathRefused("write", "~", "it is the app's own"),
    errors.ErrInvalidBundle("handlers.0", "has no code"),
    errors.ErrPythonRequired(">=4", "3.12"),
    errors.ErrPackagesMissing(["httpx"], "There is no network."),
    errors.ErrPackagesUnresolved(["httpx>99"], "no version fits"),
    errors.ErrInvalidPlugin("weather", "path", "is not executable"),
    errors.ErrPluginNotFound("weather"),
    errors.ErrPluginUnavailable("weather", "it is disabled."),
    errors.ErrPluginFailed("weather", "report", "no rain"),
    errors.ErrPluginTimeout("weather", "report", 600),
    errors.ErrInvalidSource("name", "The name is empty."),
    errors.ErrInvalidUrl("The address is empty."),
    errors.ErrSourceNotFound("feeds"),
    errors.ErrDuplicateName("feeds"),
    errors.ErrSourceNotEditable("feeds", "git"),
    errors.ErrSourceNotSyncable("feeds", "manual"),
    errors.ErrPathOutsideSource("../x", "it goes up"),
    errors.ErrStaleFile("lib/feed.py"),
    errors.ErrWebhookDisabled("feeds", "qntx hook enable feeds"),
    errors.ErrWebhookUnauthorized("no signature"),
    errors.ErrRemoteUnreachable("timeout", "The server did not answer."),
    errors.ErrSyncFailed("symlink", "A link points outside.", path="a"),
    errors.ErrStoreBusy("qntx.db"),
    errors.ErrDiskFull("qntx.db"),
    errors.ErrStoreReadOnly("qntx.db"),
    errors.ErrStoreCorrupt("qntx.db", "not a database"),
    errors.ErrStoreNewer("qntx.db", 9, 1, "9.0"),
    errors.ErrStoreFault("odd"),
    errors.ErrHomeUnusable("/x", "not a folder"),
    errors.ErrUnexpected("boom", "ValueError"),
    errors.ErrHandlerFailed("ValueError", "bad row", 1717),
    errors.ErrHandlerTimeout(60),
    errors.ErrHandlerLimit("memory", "512 MB"),
    errors.ErrHandlerKilled("SIGSEGV"),
    errors.ErrJobFailed("stale", "Somebody else ended it."),
    errors.ErrCancelled(),
    errors.ErrSuperseded(8),
    errors.ErrInterruptedTwice(),
    errors.ErrInvalidOption("pulse.workers", "is a whole number"),
    errors.ErrOptionNotFound("pulse.worker", "pulse.workers"),
    errors.ErrInvalidSecret("name", "is empty"),
    errors.ErrSecretNotFound("token"),
    errors.ErrSecretNotDeclared("token"),
    errors.ErrKeyringUnavailable("there is none"),
    errors.ErrKeyringLocked("no answer"),
    errors.ErrKeyMissing("it is gone"),
    errors.ErrWrongRecoveryCode("a letter is mistyped"),
    errors.ErrSealBroken("secret.sealed.1"),
    errors.ErrInvalidSchedule("cron", "bad minute"),
    errors.ErrScheduleNotFound(7),
    errors.ErrCanvasNotFound("Notes"),
    errors.ErrInvalidBackup("x.qntxbackup", "is not what was backed up", "qntx.db"),
    errors.ErrHomeNotEmpty("home", 3),
    errors.ErrHomeInUse("home"),
    errors.ErrInvalidRequest("body.limit", "must be a whole number"),
    errors.ErrInvalidToken("name", "it is empty"),
    errors.ErrRouteNotFound("/x"),
    errors.ErrMethodNotAllowed("PUT", ("GET", "POST")),
    errors.ErrBodyTooLarge(4),
    errors.ErrUnsupportedMediaType("text/plain"),
    errors.ErrRequestTimeout(30),
    errors.ErrTooManyRequests(2),
    errors.ErrUnauthorized(),
    errors.ErrScopeRequired("write", "reader"),
    errors.ErrHostRefused("evil.example"),
    errors.ErrOriginRefused("https://evil.example"),
    errors.ErrTokenNotFound("reader"),
    errors.ErrHookNotFound("push"),
    errors.ErrDeliveryNotFound(99),
    errors.ErrPortTaken(8722, "another program listens there"),
    errors.ErrWorkerLost("tcp://10.0.0.7:4000"),
    errors.ErrConfigUnreadable("config.toml", "it ends too early", 3),
    errors.ErrConfigUnwritable("config.toml", "Read-only file system"),
)


def test_every_leaf_has_a_sample() -> None:
    leaves = {
        cls
        for _name, cls in inspect.getmembers(errors, inspect.isclass)
        if issubclass(cls, QntxError) and cls.__name__.startswith("Err")
    }
    assert leaves == {type(sample) for sample in SAMPLES}


def test_codes_are_unique() -> None:
    codes = [sample.code for sample in SAMPLES]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: error.code)
def test_the_shape_survives_json_and_pickle(error: QntxError) -> None:
    shape = json.loads(json.dumps(error.to_json()))
    assert set(shape) == {"code", "message", "hint", "details"}
    assert shape["message"]
    again = error_from_json(shape)
    assert again.to_json() == error.to_json()
    assert again.family is error.family
    copied = pickle.loads(pickle.dumps(error))
    assert copied.to_json() == error.to_json()


def test_an_unknown_code_belongs_to_the_users_code() -> None:
    assert error_from_json({"code": "from_the_future", "message": "x"}).family is Family.USER_CODE


def test_building_one_error_does_not_change_another() -> None:
    first = QntxError(code="disk_full", message="a")
    second = QntxError(code="job_not_found", message="b")
    assert (first.code, first.family) == ("disk_full", Family.ENVIRONMENT)
    assert (second.code, second.family) == ("job_not_found", Family.NOT_FOUND)
