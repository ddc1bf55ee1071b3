"""Requests to `/api/<plugin>/...` come through the local API, with its guards before them."""

from __future__ import annotations

from typing import Any

import httpx

from qntx_desktop.api.server import ApiServer
from qntx_desktop.model.api_token import Scope


def test_a_plugin_answers_below_its_name(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    stage.stands("weather", "ready")
    token = stage.services.api_tokens.create("reader", (Scope.READ,))[0]
    both = stage.services.api_tokens.create("doer", (Scope.READ, Scope.EXECUTE))[0]
    server = ApiServer(stage.services, api=True, webhooks=False, port=0)
    server.start()
    try:
        with httpx.Client(base_url=server.address, timeout=60) as http:
            reader, doer = ({"Authorization": f"Bearer {each}"} for each in (token, both))
            answer = http.get("/api/weather/towns/oslo?unit=C", headers={**reader, "X-Asked": "1"})
            assert (answer.status_code, answer.headers["x-plugin"]) == (201, "weather")
            assert answer.json() == {"method": "GET", "path": "/towns/oslo?unit=C", "body": ""}
            assert "set-cookie" not in answer.headers
            posted = http.post("/api/weather/towns", content=b"hi", headers=doer)
            assert posted.json() == {"method": "POST", "path": "/towns", "body": "hi"}
            assert http.post("/api/weather/towns", content=b"hi", headers=reader).status_code == 403
            assert http.get("/api/weather/towns").status_code == 401
            nobody = http.get("/api/nobody/towns", headers=reader)
            assert (nobody.status_code, nobody.json()["error"]["code"]) == (404, "route_not_found")
            assert http.get("/api/handlers", headers=reader).json() == []
            stage.services.plugins.enable("weather", False)
            away = http.get("/api/weather/towns", headers=reader)
            assert (away.status_code, away.json()["error"]["code"]) == (503, "plugin_unavailable")
    finally:
        server.stop()
