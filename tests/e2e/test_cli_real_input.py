"""Real files through real handlers: nested JSON, a feed, a script that fails half-way, awkward arguments."""

from __future__ import annotations

from tests import git_history, real_input
from tests.e2e.cli_process import Cli


def test_nested_json(qntx: Cli) -> None:
    orders = real_input.write_orders(qntx.folder / "orders.json")
    qntx.handler("json", real_input.ORDERS_HANDLER)
    ran = qntx("--json", "ix", "json", "orders.json")
    assert ran.code == 0, ran.out
    assert len(ran.document["execution"]["attestation_ids"]) == len(orders)
    (found,) = qntx("--json", "ax", "O-17").document
    assert found["attributes"] == orders[16]


def test_a_hyphenated_type_over_a_feed(qntx: Cli) -> None:
    titles = real_input.write_feed(qntx.folder / "feed.xml")
    qntx.handler("rss-feed", real_input.FEED_HANDLER)
    ran = qntx("--json", "ix", "rss-feed ./feed.xml")
    assert ran.code == 0, ran.out
    found = qntx("--json", "ax", "is has_title").document
    assert [each["contexts"] for each in found] == [[title] for title in reversed(titles)]


def test_a_script_that_fails_on_row_1717(qntx: Cli) -> None:
    rows = real_input.write_people(qntx.folder / "people.csv")
    qntx.handler("csv", real_input.FAILS_ON_ROW)
    ran = qntx("--json", "ix", "csv", "people.csv")
    assert ran.code == 1
    execution = ran.document["execution"]
    assert len(execution["attestation_ids"]) == 1_716
    assert execution["error"]["details"]["line"] == real_input.FAILS_ON_LINE
    assert repr(rows[1_716].name) in execution["error"]["message"]
    told = qntx("ix", "csv", "people.csv")
    assert told.code == 1
    summary, last = told.err.splitlines()[-2:]
    assert summary.startswith("csv v1 failed after ")
    assert summary.endswith(" · 1,716 attestations kept")
    assert last.startswith("qntx: ValueError: row 1717 is bad")


def test_arguments_arrive_as_they_were_given(qntx: Cli) -> None:
    awkward = ["two words", 'a "quote"', "it's", "", "--flag", "-x", "ünïcode 李", "a\\b", "*", "$HOME"]
    qntx.file("my file.csv", "x")
    qntx.handler("echo", "import json, qntx\nprint(json.dumps(qntx.args))\n")
    ran = qntx("--json", "ix", "echo", *awkward, "my file.csv", "--file=my file.csv")
    path = str(qntx.folder / "my file.csv")
    assert ran.document["execution"]["args"] == [*awkward, path, f"--file={path}"]
    one = qntx("--json", "ix", """echo 'two words' "it's" './my file.csv' x'y'"z" """)
    assert one.document["execution"]["args"] == ["two words", "it's", path, "xyz"]
    again = qntx("--json", "ix", ran.document["execution"]["command"])
    assert again.document["execution"]["args"] == ran.document["execution"]["args"]


def test_options_of_qntx_and_of_the_command(qntx: Cli) -> None:
    qntx.handler("git", "import json, qntx\nprint(json.dumps(qntx.args), json.dumps(qntx.options))\n")
    ran = qntx("ix", "git", "https://example.com/x.git", "--since", "last_run", "--json", "--", "--no-wait")
    assert ran.code == 0
    assert ran.out.startswith('["https://example.com/x.git", "--since", "last_run", "--json", "--no-wait"]')
    refused = qntx("ix", "git", "x", "--every", "5m", "--dry-run")
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "--every" in refused.err
    to_the_handler = qntx("ix", "git", "x", "--", "--every", "5m")
    assert to_the_handler.out.startswith('["x", "--every", "5m"]')


def test_what_a_run_keeps_for_the_next(qntx: Cli) -> None:
    qntx.handler("count", "import qntx\nqntx.state['n'] = qntx.state.get('n', 0) + 1\nprint(qntx.state['n'])\n")
    assert [qntx("ix", "count").out for _ in range(3)] == ["1\n", "2\n", "3\n"]
    assert qntx("ix", "count", "--dry-run").out == "4\n"
    assert qntx("ix", "count").out == "4\n"


def test_a_script_from_stdin(qntx: Cli) -> None:
    ran = qntx("--json", "run", "-", "a b", stdin="import qntx\nprint(qntx.args)\n")
    assert (ran.code, ran.document["execution"]["stdout"]) == (0, "['a b']\n")


def test_a_repository_in_a_folder(qntx: Cli) -> None:
    repository = git_history.made(qntx.folder / "shop")
    first = git_history.commit(repository, {"requirements.txt": b"rich>=13\n"}, "Begin")
    assert qntx("ix", "git", "./shop", "--dry-run").code == 0
    ran = qntx("--json", "ix", "./shop")
    assert ran.code == 0, ran.out
    assert (ran.document["job"]["type"], ran.document["job"]["result"]["attested"]) == ("ix.git", 6)
    assert ran.document["execution"]["args"] == [str(repository)]
    (found,) = qntx("--json", "ax", "is has_message").document
    assert (found["subjects"], found["contexts"], found["actors"]) == ([first], ["Begin"], ["ix.git", first])
    again = qntx("ix", "git", "shop", "--since", "last_run")
    assert (again.code, again.out) == (0, "Nothing has changed since the last run.\n")
    refused = qntx("--json", "ix", "git", "./shop", "--since", "soon")
    assert (refused.code, refused.error["code"]) == (2, "invalid_source")
