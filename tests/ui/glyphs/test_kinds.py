from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextFormat

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.errors import (
    ErrHandlerFailed,
    ErrInvalidCommand,
    ErrNoIngestScript,
    ErrStoreBusy,
    ErrSyntax,
)
from qntx_desktop.model.glyph import Glyph
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.job import IX_GIT, PYTHON_SCRIPT, Execution, ExecutionStatus, Job, JobStatus
from qntx_desktop.ui.canvas.card import Look, paint_card
from qntx_desktop.ui.canvas.layout import lay_out
from qntx_desktop.ui.control.runs import BELOW_PX
from qntx_desktop.ui.glyphs import code_body, paint, run_words
from qntx_desktop.ui.glyphs.kind import RIGHT, body_rect
from qntx_desktop.ui.glyphs.live import NOTHING, Live
from qntx_desktop.ui.glyphs.note import HEADINGS_PX, _boxes, kept_lines, laid_out, whole_lines
from qntx_desktop.ui.glyphs.output_body import output_lines, traceback_excerpt
from qntx_desktop.ui.glyphs.python import code_digest, failed_line, size_for
from qntx_desktop.ui.glyphs.registry import KINDS, PLACEHOLDER, kind_of
from qntx_desktop.ui.theme import DARK, LIGHT, TARGET_PX, load_fonts, tone_colour, ui_font

NOW = 1_795_258_978_000_000
CODE = "import csv\n\nfor row in []:\n    attest([row])"
MISSING = {"error": ErrNoIngestScript("rss-feed").to_json(), "script_type": "rss-feed"}
TRACE = 'Traceback (most recent call last):\n  File "csv.py", line 4, in <module>\n    attest([row])\nKeyError: 1'
FAILED = ErrHandlerFailed("KeyError", "'name'", 4, TRACE, 1, "Look at the columns.").to_json()
HANDLER = HandlerVersion(
    script_type="csv",
    version=2,
    asid="AS-1",
    code=CODE,
    code_sha256=code_digest(CODE),
    created_at_us=NOW,
    requires={"timeout_s": 120.0, "memory_bytes": 1 << 30},
)


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp):
    load_fonts()


def glyph(kind, content=None, state=None, **changes):
    width, height = kind_of(kind).default_size
    made = Glyph(id=1, kind=kind, x=0, y=0, width=width, height=height, content=content or {}, state=state or {})
    return replace(made, **changes)


def ix(text, state=None, **changes):
    return glyph("ix", {"text": text}, state, **changes)


def python(state=None, script_type="csv", code=CODE, **changes):
    return glyph("python", {"code": code, "script_type": script_type}, state, **changes)


def job(status, **changes):
    return Job(id=7, type=PYTHON_SCRIPT, status=JobStatus(status), priority=100, payload={}, **changes)


def run(status="completed", **changes):
    shape = {"duration_ms": 812.0, "attestation_count": 3000, "handler_type": "csv", "handler_version": 2}
    shape |= changes
    return Execution(id=3, job_id=7, attempt=1, status=ExecutionStatus(status), started_at_us=NOW, **shape)


def rows(count):
    return tuple(
        Attestation(
            id=f"AS-{number}",
            subjects=(f"<b>subject</b> {number}",),
            predicates=("lives_in",),
            contexts=("Århus",),
            actors=(),
            timestamp_us=NOW,
            source="",
            attributes={},
            created_at_us=NOW,
        )
        for number in range(count)
    )


def words(chips):
    return [f"{chip.symbol} {chip.text}".strip() for chip in chips]


@pytest.mark.parametrize(
    ("live", "state", "text", "tone"),
    [
        (Live(job=job("pending")), {}, "◷ queued", "wait"),
        (Live(job=job("pending", waiting_code="x", waiting_message="why")), {}, "◷ waiting", "wait"),
        (Live(job=job("running", progress_current=410, progress_total=1000)), {}, "◐ 41 %", "run"),
        (Live(job=job("running")), {}, "◐ running", "run"),
        (Live(job=job("running", cancel_requested=True)), {}, "◐ stopping", "run"),
        (Live(job=job("completed"), execution=run(), attestation_total=3000), {}, "✓ 3,000 in 0.8 s · v2", "ok"),
        (Live(job=job("failed", error=FAILED)), {}, "▲ failed · line 4", "bad"),
        (Live(job=job("cancelled", error={"code": "cancelled"})), {}, "■ cancelled", "plain"),
        (Live(), {"error": ErrInvalidCommand("x", 1).to_json()}, None, None),
        (Live(problem=ErrStoreBusy("x")), {}, "▲ failed · store busy", "bad"),
        (Live(loading=True), {"job_id": 7}, "◌ reading", "plain"),
    ],
)
def test_ix_says_how_it_stands(live, state, text, tone):
    chips = kind_of("ix").chips(ix("ix csv ./people.csv", state), live)
    assert words(chips) == ([text] if text else [])
    assert [chip.tone for chip in chips] == ([tone] if tone else [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("ix csv ./people.csv", "csv"),
        ("rss-feed x", "rss-feed"),
        ("", "ingest"),
        ("ix 'open", "ingest"),
        ("ix https://example.com/a.git", "git"),
    ],
)
def test_ix_is_called_by_its_type(text, title):
    assert kind_of("ix").title(ix(text)) == title


def test_ix_without_a_handler_offers_one_in_place():
    kind, made = kind_of("ix"), ix("ix rss-feed ./news.xml", MISSING)
    layout = lay_out(kind, made, NOTHING)
    assert words(kind.chips(made, NOTHING)) == ["▲ no handler"]
    offer = next(spot for spot in layout.hotspots if spot.id == "create_handler")
    assert offer.role == "button"
    assert offer.rect.height() >= TARGET_PX
    assert layout.body.contains(offer.rect)
    port = kind.ports(made, NOTHING)[0]
    assert port.active
    assert port.drags
    assert port.side == "right"
    assert port.ghost_title == "rss-feed"


def test_the_offer_goes_when_the_command_becomes_another_or_a_handler_appears():
    kind = kind_of("ix")
    changed = ix("ix csv ./people.csv", MISSING)
    assert kind.chips(changed, NOTHING) == ()
    assert [spot.id for spot in lay_out(kind, changed, NOTHING).hotspots] == ["edit"]
    known = Live(handler=replace(HANDLER, script_type="rss-feed"))
    here = ix("ix rss-feed ./news.xml", MISSING)
    assert [spot.id for spot in lay_out(kind, here, known).hotspots] == ["edit", "goto_handler"]


def test_ix_shows_a_command_error_with_its_column_and_never_clips_it():
    kind = kind_of("ix")
    error = ErrInvalidCommand("The quote ' is not closed", 8).to_json()
    made = ix("ix csv './people.csv", {"error": error})
    assert words(kind.chips(made, NOTHING)) == ["▲ not a command"]
    short = kind.height_for(made, NOTHING)
    long_error = ErrInvalidCommand("word " * 60, 8).to_json()
    assert kind.height_for(ix("ix csv './x", {"error": long_error}), NOTHING) > short > 88


def test_ix_can_be_run_or_stopped():
    kind = kind_of("ix")
    ids = lambda live: [(button.id, button.enabled) for button in kind.buttons(ix("ix csv"), live)][1:]  # noqa: E731
    assert kind.buttons(ix("ix csv"), NOTHING)[0].id == "schedule"
    assert ids(NOTHING) == [("run", True), ("menu", True)]
    assert ids(Live(job=job("running"))) == [("cancel", True), ("menu", True)]
    assert ids(Live(job=job("running", cancel_requested=True))) == [("cancel", False), ("menu", True)]
    assert ids(Live(job=job("failed"))) == [("run", True), ("menu", True)]


def test_python_is_saved_or_not():
    kind = kind_of("python")
    saved = {"saved": {"version": 2, "code_sha256": code_digest(CODE)}}
    assert words(kind.chips(python(saved), NOTHING)) == ["✓ v2 saved"]
    assert words(kind.chips(python(saved), Live(unsaved=True))) == ["● unsaved since v2"]
    assert words(kind.chips(python(saved, code="x"), NOTHING)) == ["● unsaved since v2"]
    assert words(kind.chips(python(), NOTHING)) == ["● unsaved"]
    assert kind.chips(python(script_type=None), NOTHING) == ()


def test_python_shows_where_it_cannot_be_read_and_why():
    kind = kind_of("python")
    live = Live(problem=ErrSyntax("'(' was never closed", 3, 5))
    assert words(kind.chips(python(), live)) == ["▲ line 3, column 5"]
    assert kind.footer(python(), live)[-1] == RIGHT + "▲ Line 3, column 5: '(' was never closed"
    assert failed_line(python(), live) == 3


def test_python_shows_the_failed_line_beside_what_is_saved():
    kind = kind_of("python")
    state = {"saved": {"version": 2, "code_sha256": code_digest(CODE)}, "error": FAILED, "failed_line": 4}
    assert words(kind.chips(python(state), NOTHING)) == ["✓ v2 saved", "▲ failed · line 4"]
    assert failed_line(python(state), NOTHING) == 4


def test_python_buttons_and_footer():
    kind = kind_of("python")
    assert [button.id for button in kind.buttons(python(), NOTHING)] == ["run", "save", "menu"]
    bare = kind.buttons(python(script_type=None), NOTHING)
    assert [button.text for button in bare if button.text] == ["Make it a handler"]
    assert kind.footer(python(), NOTHING) == ("60 s · 512 MB", RIGHT + "no problems")
    assert kind.footer(python(), Live(handler=HANDLER))[0] == "2 min · 1 GB"
    asking = replace(HANDLER, requires={"network": ["x.org:443"]}, allowed=False, allowed_at_level="")
    live = Live(handler=asking, held="partly confined")
    assert kind.footer(python(), live)[0] == "60 s · 512 MB · partly confined · network: x.org:443"


@pytest.mark.parametrize(
    ("live", "action", "name"),
    [
        (
            Live(job=job("pending", waiting_code="permission_required", waiting_message="csv v1 needs")),
            "allow_handler",
            "Allow for csv",
        ),
        (
            Live(job=job("failed", error={"code": "packages_missing", "message": "Not on this machine: x."})),
            "run",
            "Fetch and run for csv",
        ),
    ],
)
def test_an_ix_glyph_offers_what_gets_it_going(live, action, name):
    made = ix("ix csv a")
    layout = lay_out(kind_of("ix"), made, live)
    (spot,) = [each for each in layout.hotspots if each.id == action]
    assert spot.name == name
    assert 0 < spot.rect.left() < spot.rect.right() <= made.width


def test_result_says_when_how_long_and_which_version():
    kind = kind_of("result")
    live = Live(job=job("completed"), execution=run(), attestations=rows(3), attestation_total=3000, now_us=NOW)
    chips = words(kind.chips(glyph("result"), live))
    assert chips[0].startswith("✓ ")
    assert chips[0].endswith(" · 0.8 s · v2")
    assert chips[1:] == ["3,000 attestations", "output"]
    assert kind.footer(glyph("result"), live) == ("showing 3 of 3,000", "0.8 s", "not confined", RIGHT + "csv v2")


def test_a_result_says_why_it_ran_here_though_it_asked_for_the_cluster():
    stayed = replace(job("completed"), result={"where": "here", "why_here": "the cluster has no worker"})
    live = Live(job=stayed, execution=run(), attestations=(), attestation_total=0, now_us=NOW)
    assert "here, not remotely: the cluster has no worker" in kind_of("result").footer(glyph("result"), live)
    live = replace(live, job=replace(stayed, type="weather/ix.weather"))  # a plugin's result is its own
    assert not any("here" in part for part in kind_of("result").footer(glyph("result"), live))


def test_the_result_of_a_built_in_says_so():
    made = replace(job("completed"), type=IX_GIT)
    plain = run(handler_type=None, handler_version=None, attestation_count=0)
    live = Live(job=made, execution=plain, attestations=(), attestation_total=0, now_us=NOW)
    assert kind_of("result").footer(glyph("result"), live) == ("0.8 s", RIGHT + "built-in")


def test_each_row_of_the_result_opens_its_attestation():
    kind, made = kind_of("result"), glyph("result")
    live = Live(job=job("completed"), execution=run(), attestations=rows(20), attestation_total=3000, now_us=NOW)
    layout = lay_out(kind, made, live)
    ids = [spot.id for spot in layout.hotspots]
    assert ids[:2] == ["open_attestation:AS-0", "open_attestation:AS-1"]
    assert ids[-1] == "open_results"
    assert all(spot.rect.height() >= TARGET_PX for spot in layout.hotspots)
    assert all(layout.body.contains(spot.rect) for spot in layout.hotspots)
    tops = [spot.rect.top() for spot in layout.hotspots]
    assert tops == sorted(set(tops))
    shown = len(ids) - 1
    assert kind.footer(made, live)[0] == f"showing {shown} of 3,000"
    last, opens = layout.hotspots[-2:]
    assert (shown, opens.rect.top()) == (4, last.rect.bottom()), "no gap that looks like a missing row"
    assert layout.body.bottom() - opens.rect.bottom() < opens.rect.height()


@pytest.mark.parametrize(
    ("live", "text"),
    [
        (Live(loading=True), "Reading …"),
        (Live(), "This run is not in the store."),
        (Live(problem=ErrStoreBusy("x")), "The store is busy. Another program is writing; try again in a moment."),
        (Live(job=job("pending")), "Waiting for its turn."),
        (
            Live(job=job("completed"), execution=run(attestation_count=0), view="table"),
            "This run made no attestations.",
        ),
        (Live(job=job("completed"), execution=run(attestation_count=0), view="output"), "This run wrote nothing."),
        (Live(job=job("completed"), execution=run(), attestation_total=3000), "Reading …"),
    ],
)
def test_a_result_that_shows_nothing_says_why(live, text, monkeypatch):
    said = []
    monkeypatch.setattr(
        "qntx_desktop.ui.glyphs.result.wrapped", lambda words, width: said.append(words) or (words,)
    )
    painted(glyph("result"), live, DARK)
    assert said == [text]


def test_a_failed_result_shows_its_output_first_and_the_tabs_change_that():
    kind = kind_of("result")
    live = Live(job=job("failed"), execution=run("failed", error=FAILED, stdout="x"), attestation_total=5)
    assert [spot.id for spot in lay_out(kind, glyph("result"), live).hotspots] == ["open_output"]
    chips = kind.chips(glyph("result"), live)
    assert [chip.action for chip in chips] == ["", "show_table", "show_output"]
    assert words(chips)[0].startswith("▲ failed · line 4 · ")


def test_a_long_type_leaves_room_for_the_word_that_opens_it():
    kind, made = kind_of("ix"), ix("ix " + "a" * 64)
    layout = lay_out(kind, made, Live(handler=replace(HANDLER, script_type="a" * 64)))
    (link,) = [spot for spot in layout.hotspots if spot.id == "goto_handler"]
    assert layout.body.contains(link.rect)
    short = lay_out(kind, ix("ix csv"), Live(handler=HANDLER))
    (near,) = [spot for spot in short.hotspots if spot.id == "goto_handler"]
    assert near.rect.width() < link.rect.width() / 2


def test_a_failed_command_never_grows_over_the_result_below_it():
    plain = Live(job=job("completed"), execution=run(), handler=HANDLER)
    failed = replace(job("failed"), error={"message": "wide words " * 60, "hint": "Do this. " * 30})
    grown = replace(plain, job=failed)
    kind, made = kind_of("ix"), ix("ix csv a")
    assert 0 < kind.height_for(made, grown) - kind.height_for(made, plain) <= BELOW_PX - 16


def test_a_command_that_is_cut_is_said_whole_where_the_pointer_rests():
    long = "ix csv " + "x" * 200
    tips = [lay_out(kind_of("ix"), ix(text), NOTHING).hotspots[0].tooltip for text in (long, "ix csv a")]
    assert tips == [long, "Edit the command (Enter)"]


def test_a_script_that_stopped_does_not_say_that_there_are_no_problems():
    kind = kind_of("python")
    assert kind.footer(python({"failed_line": 5}), NOTHING)[-1] == RIGHT + "▲ stopped at line 5"


def test_what_was_cancelled_is_no_alarm():
    stopped = run("cancelled", error={"message": "Cancelled."}, stdout="x")
    image, layout = painted(glyph("result"), Live(job=job("cancelled"), execution=stopped), DARK, 2.0)
    assert DARK.failed not in colours_in(image, layout.body, 2.0)


@pytest.mark.parametrize("view", ["table", "output"])
def test_the_shown_tab_is_marked_and_a_button_opens_it_in_a_window(view):
    kind = kind_of("result")
    done = run(stdout="x")
    live = Live(job=job("completed"), execution=done, attestations=rows(2), attestation_total=2, view=view)
    layout = lay_out(kind, glyph("result"), live)
    assert [placed.chip.action for placed in layout.chips if placed.chip.chosen] == [f"show_{view}"]
    assert all(placed.target.height() >= TARGET_PX for placed in layout.chips)
    opens = {"table": "open_results", "output": "open_output"}[view]
    assert [each.button.id for each in layout.buttons] == [opens, "menu"]


def test_a_new_python_glyph_is_as_tall_as_its_code_up_to_a_limit():
    least = kind_of("python").default_size
    assert size_for("x = 1\n") == least
    tall, known = size_for(None), size_for("x\n" * 13)
    assert least < known < tall == size_for("x\n" * 500)
    port = kind_of("ix").ports(ix("ix csv a"), Live(handler=replace(HANDLER, code="x\n" * 13)))[0]
    assert port.ghost_size == known
    assert kind_of("ix").ports(ix("ix csv a"), NOTHING)[0].ghost_size == tall


def test_output_says_what_it_leaves_out():
    shape = run(stdout="\n".join(f"  line {n}" for n in range(300)), stdout_dropped_bytes=1_258_291, stderr="oh")
    lines = output_lines(shape, 5)
    assert [line.text for line in lines] == [
        "… 298 lines above",
        "  line 298",
        "  line 299",
        "1.2 MB of stdout dropped",
        "oh",
    ]
    assert lines[-1].tone == "err"


def test_output_does_not_tell_the_traceback_twice():
    shape = run("failed", error=FAILED, stderr=f"warned\n{TRACE}\n")
    assert [line.text for line in output_lines(shape, 9)] == ["warned"]
    assert traceback_excerpt(FAILED, 9) == ['  File "csv.py", line 4, in <module>', "    attest([row])"]


STATES = [
    (ix(""), NOTHING),
    (ix("ix rss-feed ./news.xml", MISSING), NOTHING),
    (ix("ix csv a", {"error": FAILED}), Live(handler=HANDLER)),
    (ix("ix csv a"), Live(job=job("completed"), execution=run(), attestation_total=3000, handler=HANDLER)),
    (ix("ix csv a"), Live(job=job("pending"))),
    (ix("ix csv a"), Live(job=job("running", progress_current=1))),
    (ix("ix csv a"), Live(job=job("cancelled"))),
    (python(), NOTHING),
    (python({"error": FAILED}), NOTHING),
    (python(), Live(problem=ErrSyntax("x", 1, 2))),
    (python(script_type=None), NOTHING),
    (glyph("result"), Live(job=job("completed"), execution=run(), attestations=rows(9), attestation_total=9)),
    (glyph("result"), Live(job=job("failed"), execution=run("failed", error=FAILED, stderr="x"))),
    (glyph("result"), Live(job=job("running"), execution=run("running", duration_ms=None))),
    (glyph("result"), Live(execution=run("interrupted"))),
    (glyph("somebody-elses"), NOTHING),
]


def painted(made, live, theme, scale=1.0):
    kind = kind_of(made.kind)
    layout = lay_out(kind, made, live)
    image = QImage(
        round(layout.width * scale), round(layout.height * scale), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(QColor("#ff00ff"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_card(painter, kind, made, live, layout, theme, Look())
    painter.end()
    return image, layout


def colours_in(image, rect, scale=1.0):
    found = set()
    for x in range(round(rect.left() * scale), round(rect.right() * scale)):
        for y in range(round(rect.top() * scale), round(rect.bottom() * scale)):
            found.add(image.pixelColor(x, y).name())
    return found


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("number", range(len(STATES)))
def test_every_state_is_painted_with_symbol_word_and_colour(number, theme):
    made, live = STATES[number]
    image, layout = painted(made, live, theme, 2.0)
    for placed in layout.chips:
        assert placed.chip.text
        assert placed.chip.symbol or placed.chip.tone == "plain"
        expected = theme.text if placed.chip.chosen else tone_colour(theme, placed.chip.tone)
        assert expected in colours_in(image, placed.rect, 2.0)
        assert placed.text == f"{placed.chip.symbol} {placed.chip.text}".strip(), "shortened at its default size"
    body = body_rect(kind_of(made.kind), made, live)
    assert len(colours_in(image, body.adjusted(12, 4, -12, -4))) > 1


@pytest.mark.parametrize("number", range(len(STATES)))
def test_hotspots_stay_within_the_body(number):
    made, live = STATES[number]
    _, layout = painted(made, live, DARK)
    for spot in layout.hotspots:
        assert layout.body.adjusted(-0.5, -0.5, 0.5, 0.5).contains(spot.rect)
        assert min(spot.rect.width(), spot.rect.height()) >= TARGET_PX
        assert spot.name


def test_wrapped_lines_fit_and_lose_nothing():
    text = "Nothing knows “rss-feed” yet, and a_very_long_word_without_any_break_at_all_goes_on " * 2
    lines = paint.wrapped(text, 180.0)
    assert max(paint.text_width(line, ui_font()) for line in lines) <= 180.5
    assert "".join("".join(lines).split()) == "".join(text.split())
    short = paint.wrapped(text, 180.0, "ui", 2)
    assert len(short) == 2
    assert short[-1].endswith("…")


def test_wrapped_keeps_characters_of_two_units_whole():
    assert "".join(paint.wrapped("𝕏" * 40, 60.0, "ui", 99)) == "𝕏" * 40


def test_painted_code_stands_where_the_editor_shows_it(qtbot):
    from qntx_desktop.ui.editor.code_editor import CodeEditor

    editor = CodeEditor(DARK)
    qtbot.addWidget(editor)
    editor.load_code(CODE)
    editor.resize(400, 200)
    block = editor.document().findBlockByNumber(3)
    assert editor.blockBoundingGeometry(block).top() == pytest.approx(3 * code_body.line_height(), abs=0.01)
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    code_body.paint_code(painter, QRectF(0, 0, 400, 200), CODE, DARK)
    painter.end()
    assert ink(editor.grab().toImage()) == ink(image)


def ink(image):
    """Rows and columns that hold anything but the ground, in the part without the cursor."""
    rows_with, columns_with = set(), set()
    for y in range(60):
        for x in range(300):
            if image.pixelColor(x, y).name() == DARK.code_keyword:
                rows_with.add(y)
                columns_with.add(x)
    assert rows_with
    return min(rows_with), max(rows_with), min(columns_with), max(columns_with)


@pytest.mark.parametrize(
    ("total", "fitting", "failed", "first"),
    [(5, 10, 4, 0), (100, 10, None, 0), (100, 10, 9, 0), (100, 10, 50, 44), (100, 10, 100, 90)],
)
def test_a_failed_line_further_down_is_brought_into_sight(total, fitting, failed, first):
    assert code_body.first_line(total, fitting, failed) == first


def test_an_unknown_kind_is_kept_as_a_placeholder():
    made = glyph("from-the-future")
    assert kind_of("from-the-future") is PLACEHOLDER
    assert PLACEHOLDER.title(made) == "unknown glyph from-the-future"
    assert not PLACEHOLDER.in_palette


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_the_contract_of_a_kind(kind):
    made = Glyph(id=1, kind=kind.name, x=0, y=0, width=kind.min_size[0], height=kind.min_size[1])
    fresh = replace(made, content=kind.new_content())
    assert kind_of(kind.name) is kind
    assert kind.label
    assert kind.symbol
    assert kind.default_size[0] >= kind.min_size[0]
    for theme in (DARK, LIGHT):
        painted(fresh, NOTHING, theme)
        painted(made, NOTHING, theme)
    spec = kind.editor(fresh)
    if spec is not None:
        assert spec.key in fresh.content
        assert QRectF(0, 0, fresh.width, fresh.height).contains(spec.rect)


def test_every_status_has_a_chip_with_symbol_and_word():
    for status in [*ExecutionStatus, *JobStatus]:
        chip = run_words.run_chip(str(status), 812.0, None)
        assert chip.symbol
        assert chip.text


def test_headings_and_bold_of_a_note_are_no_heavier_than_the_fonts_go() -> None:
    document = laid_out("# Plan\n\ntext **bold** text\n\n## Then", 240.0)
    found, block = {}, document.begin()
    while block.isValid():
        for words in block.textFormats():
            text = block.text()[words.start : words.start + words.length]
            found[text] = (words.format.fontWeight(), words.format.intProperty(QTextFormat.Property.FontPixelSize))
        block = block.next()
    heavy = QFont.Weight.DemiBold
    assert found["Plan"] == (heavy, HEADINGS_PX[1])
    assert found["Then"] == (heavy, HEADINGS_PX[2])
    assert found["bold"][0] == heavy
    assert found["text "][0] == QFont.Weight.Normal


def test_a_note_keeps_its_lines_and_what_is_more_than_a_line() -> None:
    assert laid_out("one\n  two\n\nthree", 240.0).begin().text() == "one \u2028\u00a0\u00a0two"
    same = (
        "# head\ntext",
        "text\n---",
        "- a\n- [ ] b\n1. c",
        "a | b\n--- | ---\n1 | 2",
        "```\nx\ny\n```\nend",
        "    x\n    y",
        "> a\n> b",
    )
    assert [kept_lines(text) for text in same] == list(same)
    text = "- [ ] a\n  more\n- [x] b"
    assert [(words, done) for _, _, words, done in _boxes(text, 240.0)] == [("a \u2028more", False), ("b", True)]


def test_a_note_shows_only_whole_lines() -> None:
    tall = laid_out("\n".join(f"line {number}" for number in range(50)), 240.0)
    assert tall.size().height() > 0  # Qt lays lines out only now, and a line before that is none
    first = tall.begin()
    line = first.layout().lineAt(0).height()
    assert line > 0
    assert whole_lines(tall, 3.5 * line) == pytest.approx(3 * line, abs=1)
    assert whole_lines(tall, 1e6) == pytest.approx(50 * line, abs=1)
