"""Secrets do not come out of a run: not as they are, not encoded, not cut in two, not in errors and logs."""

from __future__ import annotations

import base64
import html
import json
import textwrap
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.engines.sandbox.masking import GAP, MASK, Masker
from tests.engines.runs import RecordingSink, Run

SECRET = "p4ss/wörd +%&\"'=="
TOKEN = "ghp_0123456789abcdefABCDEF"


def code(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


@pytest.mark.parametrize(
    "spelled",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        quote_plus(SECRET),
        quote(SECRET).lower(),
        json.dumps(SECRET)[1:-1],
        repr(SECRET)[1:-1],
        ascii(SECRET)[1:-1],
        repr(f"it's {SECRET}")[7:-1],
        repr(SECRET.encode())[2:-1],
        repr(json.dumps(SECRET))[2:-2],
        json.dumps(json.dumps(SECRET))[3:-3],
        SECRET.encode("ascii", "backslashreplace").decode(),
        html.escape(SECRET),
        SECRET.encode().hex(),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode(),
    ],
)
def test_every_spelling_is_hidden(spelled: str) -> None:
    assert Masker([SECRET]).text(f"<{spelled}>") in (f"<{MASK}>", f"<{MASK}=>", f"<{MASK}==>")


@given(before=st.binary(max_size=5), after=st.binary(max_size=5))
def test_a_secret_inside_of_base64_leaves_at_most_its_edges(before: bytes, after: bytes) -> None:
    text = base64.b64encode(before + TOKEN.encode() + after).decode()
    masked = Masker([TOKEN]).text(text)
    assert MASK in masked
    assert len(masked) <= len(MASK) + (len(before) + len(after)) * 4 / 3 + 8


@given(st.text(min_size=4, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_text_keeps_a_value(value: str, before: str, after: str) -> None:
    masked = Masker([value]).text(before + value + after)
    assert value not in masked or value in MASK * 3 or value in (before + MASK + after)


def test_a_value_that_was_cut_is_hidden() -> None:
    masker = Masker([TOKEN])
    assert masker.text(f"a line\n{TOKEN[:9]}", cut=True) == f"a line\n{MASK}"
    assert masker.text(f"a line\n{TOKEN[:9]}") == f"a line\n{TOKEN[:9]}"
    middle = masker.json(f"head {TOKEN[:9]}{GAP}{TOKEN[9:]} tail")
    assert middle == f"head {MASK}{GAP}{MASK} tail"


def test_the_lines_of_a_key_are_hidden_one_by_one() -> None:
    key = "-----BEGIN KEY-----\nMIIBVgIBADANBgkqhkiG\n9w0BAQEFAASCAUAwggE8\n-----END KEY-----\n"
    shown = Masker([key]).text("".join(f"| {line}\n" for line in key.splitlines()))
    assert "MIIB" not in shown
    assert "9w0B" not in shown


def test_a_value_inside_another_does_not_uncover_it() -> None:
    assert Masker(["abcd", "abcdefgh"]).text("abcdefgh abcd") == f"{MASK} {MASK}"


def test_too_short_values_are_left() -> None:
    assert Masker(["abc", ""]).text("abc") == "abc"


def test_json_is_masked_everywhere() -> None:
    shown = Masker([TOKEN]).json({"a": [TOKEN, 1, None, {"b": f"x{TOKEN}"}], "line": 3})
    assert shown == {"a": [MASK, 1, None, {"b": f"x{MASK}"}], "line": 3}


def test_a_run_does_not_show_its_secret(run: Run, sink: RecordingSink) -> None:
    script = code(f"""
        import base64, qntx, sys
        secret = "".join({list(TOKEN)!r})
        sys.stdout.write(secret[:7]); sys.stdout.flush()
        sys.stdout.write(secret[7:] + "\\n"); sys.stdout.flush()
        sys.stderr.write(base64.b64encode(secret.encode()).decode() + "\\n")
        qntx.log("info", f"using {{secret}}")
        qntx.progress(1, 1, secret)
        error = RuntimeError("x" * (10_000 - 8) + secret)
        error.add_note(secret)
        raise error
    """)
    outcome = run(script, masker=Masker([TOKEN]))
    assert outcome.stdout == f"{MASK}\n"
    assert outcome.error is not None
    said = json.dumps([outcome.stdout, outcome.stderr, dict(outcome.error), sink.logged, sink.progressed])
    assert TOKEN[:8] not in said.replace(repr(list(TOKEN)), "")
    assert base64.b64encode(TOKEN.encode()).decode()[:8] not in said
    assert sink.logged == [("info", f"using {MASK}")]
    assert outcome.error["details"]["exception"] == "RuntimeError"


def test_output_that_was_cut_inside_of_a_secret(run: Run) -> None:
    script = f"import sys\nsys.stdout.write('x' * ((8 << 20) - 9) + {TOKEN!r} + 'more')"
    outcome = run(script, masker=Masker([TOKEN]))
    assert outcome.stdout_dropped_bytes > 0
    assert outcome.stdout.endswith(f"x{MASK}")
