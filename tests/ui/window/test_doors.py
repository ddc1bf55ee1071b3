"""The window serves the API when it is switched on, and shows who may come in and what came."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.ui.dialogs.doors_parts import TwoStep
from qntx_desktop.ui.dialogs.doors_view import DoorsView
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints
LEFT = Qt.MouseButton.LeftButton


def press(button: QWidget) -> None:
    QTest.mouseClick(button, LEFT)


def twice(stage: Stage, button: TwoStep) -> None:
    stage.until(button.isEnabled)
    before = button.text()
    press(button)
    assert button.text() != before
    press(button)
    assert button.text() == before


def opened(stage: Stage) -> DoorsView:
    stage.work.doors.show(stage.work.controller.windows)
    found = stage.top_window("doors_view")
    assert isinstance(found, DoorsView)
    return found


def said(stage: Stage) -> tuple[str, ...]:
    return stage.desktop.window.status.texts()


def test_programs_come_in_with_a_token_and_as_long_as_it_is_on(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        stage.until(lambda: stage.work.services.runner.active)
        stage.work.services.options.set("api.port", 0)
        for value, word in ((True, "offline"), (False, "all local")):
            stage.work.services.options.set("network.offline", value)
            stage.until(lambda word=word: said(stage)[-1] == word)
        view = opened(stage)
        assert view.place.text().startswith("Off")
        press(view.switches["api.enabled"])
        stage.until(lambda: stage.work.doors.state.address is not None)
        address = stage.work.doors.state.address
        assert address is not None
        assert f"API on {address.removeprefix('http://')}" in said(stage)
        assert address in view.place.text()
        page = view.tokens
        page.name.setText("dashboard")
        press(page.make)
        stage.until(lambda: page.shown.isVisible() and page.rows.rowCount() == 1)
        token = page.shown.field.text()
        headers = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{address}/api/health", headers=headers).json()["runner"] is True
        twice(stage, page.rotate)
        stage.until(lambda: page.shown.field.text() not in ("", token))
        assert httpx.get(f"{address}/api/health", headers=headers).status_code == 401
        twice(stage, page.revoke)
        stage.until(lambda: page.rows.rowCount() == 0 and not page.shown.isVisible())
        press(view.switches["api.enabled"])
        stage.until(lambda: stage.work.doors.state.address is None)
        assert not any("API" in text for text in said(stage))
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{address}/api/health")


def test_webhooks_are_made_seen_and_delivered_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "a passphrase of the test")
    with window(qtbot, tmp_path / "home") as stage:
        services = stage.work.services
        stage.until(lambda: services.runner.active)
        services.handlers.create("orders", "print(1)", source="window")
        services.sources.add("mine", webhook_enabled=True)
        services.options.set("api.port", 0)
        services.options.set("api.webhooks", True)
        stage.until(lambda: stage.work.doors.state.address is not None)
        view = opened(stage)
        view.tabs.setCurrentWidget(view.hooks)
        page = view.hooks
        stage.until(lambda: page.rows.rowCount() == 1)
        assert "without a secret" in page.rows.item(0, 2).text()
        assert not page.secret.isEnabled()
        page.name.setText("orders")
        press(page.make)
        stage.until(lambda: page.shown.isVisible() and page.rows.rowCount() == 2)
        page.rows.selectRow(0)
        press(page.copy)
        address = QApplication.clipboard().text()
        assert address == f"{stage.work.doors.state.address}/hooks/orders"
        sent = httpx.post(address, json={}, headers={"X-Webhook-Secret": page.shown.field.text()})
        assert sent.json()["status"] == "queued"
        job_id = sent.json()["job_id"]
        stage.until(lambda: services.queue.get(job_id).ended)
        press(page.look)
        stage.until(lambda: page.came.rowCount() == 1 and page.again.isEnabled())
        assert [page.came.item(0, column).text() for column in (2, 3)] == ["queued", str(job_id)]
        press(page.again)
        stage.until(lambda: page.came.rowCount() == 2)
        assert services.queue.get(int(page.came.item(0, 3).text())).retry_of == job_id
        press(page.toggle)
        stage.until(lambda: page.toggle.text() == "Open")
        assert httpx.post(address, json={}).status_code == 403
        twice(stage, page.remove)
        stage.until(lambda: page.rows.rowCount() == 1)


def test_a_taken_port_is_said_where_one_looks(qtbot: QtBot, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, window(qtbot, tmp_path / "home") as stage:
        stage.until(lambda: stage.work.services.runner.active)
        stage.work.services.options.set("api.port", other.getsockname()[1])
        stage.work.services.options.set("api.enabled", True)
        stage.until(lambda: stage.work.doors.state.error is not None)
        assert "another program listens there" in opened(stage).place.text()
        stage.work.services.options.set("api.enabled", False)
        stage.until(lambda: stage.work.doors.state.error is None)
