from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from qntx_desktop.model.glyph import Glyph
from qntx_desktop.ui import theme
from qntx_desktop.ui.canvas.layout import LOCK_SIGN, lay_out
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.glyphs.live import NOTHING, Live


@pytest.fixture(autouse=True)
def _fonts(qtbot: QtBot) -> None:
    theme.load_fonts()


def card(text: str, width: float = 360, **content: Any) -> Glyph:
    return Glyph(id=1, kind="note", x=0, y=0, width=width, height=96, content={"text": text, **content})


def test_a_long_name_is_shortened_and_its_tooltip_has_it_whole(kind: Any) -> None:
    layout = lay_out(kind, card("a-very-long-type-name-" * 10), NOTHING)
    assert layout.title_text.endswith("…")
    assert layout.tooltip_at(QPointF(60, 15)).startswith("a-very-long-type-name-a")


def test_chips_give_way_before_the_name(kind: Any) -> None:
    kind.shown_chips = (
        Chip("3,000 in 0.8 s · v2 and much more to say", "ok", "✓"),
        Chip("dry run", end=True),
    )
    layout = lay_out(kind, card("csv", 240), NOTHING)
    assert layout.title_text == "csv"
    assert layout.chips[0].text.endswith("…")
    assert layout.tooltip_at(layout.chips[0].rect.center()).startswith("✓ 3,000 in 0.8 s")


def test_a_card_that_is_locked_and_disabled_says_so_however_little_room_there_is(kind: Any) -> None:
    kind.shown_chips = (Chip("failed · line 55 of a long name", "bad", "▲"),)
    name = "a-very-long-type-name-" * 10
    wide = lay_out(kind, card("csv", 640, locked=True, disabled=True), NOTHING)
    assert [each.text for each in wide.chips] == ["▲ failed · line 55 of a long name", "locked", "disabled"]
    narrow = lay_out(kind, card(name, 300, locked=True, disabled=True), NOTHING)
    assert [each.text for each in narrow.chips][-2:] == [LOCK_SIGN, "⏸"]
    assert narrow.tooltip_at(narrow.chips[-2].rect.center()).startswith("It is not moved")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=60),
    st.lists(st.builds(Chip, st.text(min_size=1, max_size=30), end=st.booleans()), max_size=4),
    st.integers(120, 700),
    st.booleans(),
)
def test_nothing_in_the_title_row_overlaps(
    kind: Any, name: str, chips: list[Chip], width: int, marked: bool
) -> None:
    kind.shown_chips = tuple(chips)
    layout = lay_out(kind, card(name, width, locked=marked, disabled=marked), NOTHING)
    rects = [layout.symbol, layout.title, *(each.rect for each in layout.chips)]
    rects += [each.rect for each in layout.buttons]
    for index, one in enumerate(rects):
        assert not any(one.intersects(other) for other in rects[index + 1 :])
        if index > 1:
            assert one.right() <= width


def test_the_menu_is_always_there_and_targets_are_large_enough(kind: Any) -> None:
    layout = lay_out(kind, card("csv"), NOTHING)
    assert [each.button.id for each in layout.buttons] == ["run", "off", "menu"]
    for each in layout.buttons:
        assert min(each.rect.width(), each.rect.height()) >= theme.TARGET_PX
    assert layout.ports[0].target.width() >= theme.TARGET_PX


def test_the_card_grows_by_itself_and_the_footer_stands_at_its_end(kind: Any) -> None:
    glyph = card("csv", footer=True)
    assert lay_out(kind, glyph, NOTHING).height == 96
    grown = lay_out(kind, glyph, Live(loading=True))
    assert grown.height == 160
    assert grown.body == QRectF(0, 34, 360, 160 - 34 - 28)
    assert [text for text, _, _ in grown.footer] == ["no problems", "60 s"]
    assert grown.footer[0][1].right() == 360 - 12
