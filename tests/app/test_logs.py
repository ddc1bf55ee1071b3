"""The app's own log: in the home, bounded, silent when it cannot be written."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from qntx_desktop.app import logs
from qntx_desktop.app.paths import Home


def test_lines_reach_the_file_and_debug_only_when_asked(tmp_path: Path) -> None:
    home = Home(root=tmp_path).make()
    logger = logging.getLogger("qntx_desktop.test")
    for verbose in (False, True):
        handler = logs.open_log(home, verbose=verbose)
        logger.info("told")
        logger.debug("whispered")
        logs.close_log(handler)
    text = (home.logs / "qntx.log").read_text("utf-8")
    assert text.count("told") == 2
    assert text.count("whispered") == 1
    logger.info("after the end")
    assert (home.logs / "qntx.log").read_text("utf-8") == text


def test_the_log_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 2000)
    home = Home(root=tmp_path).make()
    handler = logs.open_log(home)
    for number in range(500):
        logging.getLogger("qntx_desktop.test").info("line %d é", number)
    logs.close_log(handler)
    files = list(home.logs.iterdir())
    assert len(files) == logs.FILES
    assert all(each.stat().st_size <= 2000 for each in files)


def test_a_log_that_cannot_be_written_is_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    home = Home(root=tmp_path).make()
    (home.logs / "qntx.log").mkdir()
    handler = logs.open_log(home)
    logging.getLogger("qntx_desktop.test").warning("into the void")
    logs.close_log(handler)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_log_without_room_does_not_hide_how_the_call_ended(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = Home(root=tmp_path).make()
    (home.logs / "qntx.log").symlink_to("/dev/full")
    handler = logs.open_log(home)
    logging.getLogger("qntx_desktop.test").warning("into the void")
    logs.close_log(handler)
    assert capfd.readouterr() == ("", "")


def test_a_crash_is_kept_only_in_a_home_that_exists(tmp_path: Path) -> None:
    home = Home(root=tmp_path / "home")
    assert logs.record_crash(home, "Traceback ...") is False
    assert not home.root.exists()
    home.root.mkdir()
    assert logs.record_crash(home, "Traceback ... \ud800") is True
    assert "Traceback" in (home.logs / "qntx.log").read_text("utf-8")
