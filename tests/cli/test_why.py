"""`qntx why`: the chain behind an attestation, as long as the store and when its links are gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.cli.main import main
from qntx_desktop.store import retention


def test_the_chain_leads_from_the_claim_to_who_asked_and_outlives_the_job(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "home")

    def call(*words: str, code: int = 0) -> Any:
        assert main(["--home", home, "--json", *words]) == code
        return json.loads(capsys.readouterr().out)

    assert call("why", "AS-nobody", code=3)["error"]["code"] == "attestation_not_found"
    code = "import qntx\nattest(qntx.args, ['is_row'], ['table'])"
    first = call("handler", "create", "csv", "--code", code)
    second = call("handler", "create", "csv", "--code", f"{code}\n")
    schedule = call("ix", "csv", "alice", "--every", "1d")["schedule"]
    ran = call("schedule", "run", str(schedule["id"]))
    (asid,) = ran["execution"]["attestation_ids"]
    why = call("why", asid)
    assert why["attestation"]["subjects"] == ["alice"]
    assert (why["execution"]["args"], why["execution"]["attestations"]) == (["alice"], 1)
    assert (why["handler"]["version"], why["handler"]["asid"]) == (2, second["asid"])
    assert not {"code", "stdout"} & {*why["handler"], *why["execution"]}
    assert why["job"]["id"] == ran["job"]["id"]
    assert why["schedule"]["command"] == "ix csv alice"
    assert main(["--home", home, "why", asid]) == 0
    said = capsys.readouterr().out
    assert f"csv v2 · {second['asid']}" in said
    assert "ix csv alice" in said

    saved = call("why", second["asid"])
    assert (saved["execution"], saved["handler"]["asid"]) == (None, first["asid"])
    assert call("why", first["asid"])["handler"] is None
    by_hand = call("as", "bob is guest of TEAM")
    assert {name for name, link in call("why", by_hand["id"]).items() if link} == {"attestation"}
    assert main(["--home", home, "why", by_hand["id"]]) == 0
    assert "without a run, by  cli" in capsys.readouterr().out

    services = build(Home(root=tmp_path / "home"))
    try:
        services.db.write(lambda tx: retention.delete_jobs(tx, [ran["job"]["id"]]))
    finally:
        services.close()
    call("schedule", "remove", str(schedule["id"]))
    late = call("why", asid)
    assert (late["job"], late["schedule"]) == (None, None)
    assert (late["handler"], late["execution"]["args"]) == (why["handler"], ["alice"])
    assert main(["--home", home, "why", asid]) == 0
    assert "was deleted" in capsys.readouterr().out
