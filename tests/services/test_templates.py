"""Every template passes the check and works as it stands, on input that trips readers up."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.attestation import Attestation

HOSTILE_ARGS = ['it\'s "x"', "two\nlines", "\u2028", "\ud800", "# /// script", "x" * 5000, '"""', "@args@"]


def made_of(services: Services, script_type: str, path: Path) -> tuple[Attestation, ...]:
    code = services.templates.template_for(script_type, [str(path)])
    dry = services.runs.dry_run_script(code, [str(path)])
    assert dry.error is None, dry.error
    return dry.attestations


@pytest.mark.parametrize("script_type", ["csv", "tsv", "json", "rss-feed", "general", "x" * 64])
def test_a_template_passes_the_check_whatever_the_arguments(services: Services, script_type: str) -> None:
    code = services.templates.template_for(script_type, HOSTILE_ARGS)
    assert f"ix {script_type}" in code
    requires = services.handlers.check(script_type, code)
    assert requires.declared == services.check_code("print(1)").declared
    assert "@script_type@" not in code


def test_a_template_names_its_arguments_and_tells_the_truth(services: Services) -> None:
    code = services.templates.template_for("rss-feed", ["./my feed.xml", "--all"])
    assert "ix rss-feed './my feed.xml' --all" in code
    assert "attest(" in code


@pytest.mark.parametrize("script_type", ["csv", "json", "rss-feed"])
def test_a_template_says_that_run_runs_once_and_that_schedule_repeats(services: Services, script_type: str) -> None:
    code = services.templates.template_for(script_type, ["./x"])
    assert "Run runs it once" in code
    assert "Schedule, the clock of the command's glyph, repeats it." in code
    assert "periodically" not in code


def test_the_general_template_runs(services: Services) -> None:
    code = services.templates.template_for("rss-feed", ["./a b", ""])
    services.handlers.create("rss-feed", code, source="test")
    made = services.runs.dry_run_ix(["ix", "rss-feed", "./a b", "", "--x=1"], base=None, bare=False)
    assert made.error is None
    assert [each.subjects for each in made.attestations] == [("./a b",), ("argument 2",), ("--x=1",)]
    assert services.runs.dry_run_ix("rss-feed", base=None, bare=True).error is None


def test_the_csv_template_attests_every_row(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "leute von heute.csv"
    rows = [[f"Zoë {n}", 'says "hi", often', "two\r\nlines", f"{n}"] for n in range(3000)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["name", "note", "note", ""], *rows])
    made = made_of(services, "csv", path)
    assert len(made) == 3000
    assert made[7].subjects == ("Zoë 7",)
    assert made[7].contexts == ("leute von heute.csv",)
    assert made[7].attributes == {
        "name": "Zoë 7",
        "note": 'says "hi", often',
        "note (3)": "two\r\nlines",
        "column 4": "7",
    }


@pytest.mark.parametrize(
    ("text", "subjects", "attributes"),
    [
        ("a;b\n1;2,5\n", ["1"], {"a": "1", "b": "2,5"}),
        ("a\tb\n1\t2\n", ["1"], {"a": "1", "b": "2"}),
        ("a\nx\n\ny\n", ["x", "y"], {"a": "x"}),
        ("a,b\n,empty first\n", ["f.csv:2"], {"a": "", "b": "empty first"}),
        ("a,b\n1,2,3,4\n", ["1"], {"a": "1", "b": "2", "more": ["3", "4"]}),
        ("a,b,c\n1\n", ["1"], {"a": "1", "b": "", "c": ""}),
        ("a,more\n1,2,3\n", ["1"], {"a": "1", "more": "2", "more (3)": ["3"]}),
        ("a,a (2),a\n1,2,3\n", ["1"], {"a": "1", "a (2)": "2", "a (3)": "3"}),
        ("a (3),a,a\n1,2,3\n", ["1"], {"a (3)": "1", "a": "2", "a (3) (3)": "3"}),
        ('a,b\n"x ""y"", z",2\n', ['x "y", z'], {"a": 'x "y", z', "b": "2"}),
        ("a\n" + "w" * 200_000 + "\n", ["w" * 1000], {"a": "w" * 200_000}),
        ("", [], None),
        ("a,b\n", [], None),
        ("\n\n", [], None),
        ("a,b\r1,2\r", ["1"], {"a": "1", "b": "2"}),
    ],
)
def test_the_csv_template_takes_odd_files(
    services: Services, tmp_path: Path, text: str, subjects: list[str], attributes: dict[str, object] | None
) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode())
    made = made_of(services, "csv", path)
    assert [each.subjects[0] for each in made] == subjects
    if attributes is not None:
        assert made[0].attributes == attributes


@pytest.mark.parametrize(
    ("document", "subjects"),
    [
        ([{"id": 1, "x": {"y": [1, 2]}}, {"name": "Zoë"}, 5, None], ["1", "Zoë", "record 3", "record 4"]),
        ({"meta": {"n": 2}, "items": [{"title": "a"}, {"key": " "}]}, ["a", "record 2"]),
        ({"name": "alone", "tags": ["a", "b"]}, ["alone"]),
        ("just a text", ["record 1"]),
        ([], []),
    ],
)
def test_the_json_template_attests_every_record(
    services: Services, tmp_path: Path, document: object, subjects: list[str]
) -> None:
    path = tmp_path / "records.json"
    path.write_text(json.dumps(document))
    assert [each.subjects[0] for each in made_of(services, "json", path)] == subjects


@pytest.mark.parametrize("script_type", ["csv", "json"])
def test_without_an_argument_a_template_says_so(services: Services, script_type: str) -> None:
    dry = services.runs.dry_run_script(services.templates.template_for(script_type, []), [])
    assert dry.error is not None
    assert "Which file?" in dry.stderr
