"""The line of time: one lane a handler; what ran is solid, what is due is outlined, what was missed is hatched.

Qt main thread. Painted only; it is told what to show and says which runs were picked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from qntx_desktop.model.job import JobStatus
from qntx_desktop.model.pulse import Gap, Mark, Planned, Timeline
from qntx_desktop.ui.panels.pulse.words import SCRIPTS, mark_words
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, fact_font, tone_colour
from qntx_desktop.ui.wording import clock, count, day, hour, moment, one_line, plain_tip, when

LANE_PX, AXIS_PX, LABEL_PX, LEAST_PX, NEAR_PX = 18, 18, 120, 3.0, 4.0
FAILED_PART = 0.55
"""How much of its lane a failed run takes."""
MOST_LANES = 6
REST = "…"
_TONES = {"completed": "ok", "failed": "bad", "running": "run", "cancelled": "plain", "interrupted": "wait"}
_FAILED = str(JobStatus.FAILED)
HOUR_US = 3_600_000_000
_TICKS_US = tuple(minutes * 60_000_000 for minutes in (1, 5, 10, 15, 30, 60, 180, 360, 720, 1440))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Something on the line that can be picked."""

    area: QRectF
    thing: Mark | Planned | Gap


class TimelineView(QWidget):
    """Shows a `Timeline`.

    Signals:
        mark_picked(Mark), schedule_picked(schedule_id).
    """

    mark_picked = Signal(object)
    schedule_picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line: Timeline | None = None
        self._now_us = 0
        self._lanes: tuple[str, ...] = ()
        self._spots: list[_Spot] = []
        self._runs: dict[str, list[QRectF]] = {}
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Line of time"))
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self._theme = theme
        self.update()

    def show_line(self, line: Timeline, now_us: int) -> None:
        """Show a stretch of time; what was picked by keys is let go when it is no longer there."""
        chosen = self._spots[self._chosen].thing if 0 <= self._chosen < len(self._spots) else None
        self._line, self._now_us = line, now_us
        self._lanes = lanes_of(line)
        self._lay_out()
        kept = (place for place, spot in enumerate(self._spots) if spot.thing == chosen)
        self._chosen = next(kept, -1) if chosen is not None else -1
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleDescription(spoken(line))
        self.update()

    def lanes(self) -> tuple[str, ...]:
        """The lanes it shows, from top to bottom."""
        return self._lanes

    def sizeHint(self) -> QSize:
        """As tall as its lanes."""
        return QSize(400, self._bottom + AXIS_PX)

    @property
    def _bottom(self) -> int:
        """Where the lanes end and the hours begin, in pixels."""
        return max(1, len(self._lanes)) * LANE_PX

    def resizeEvent(self, event: object) -> None:
        """Everything stands elsewhere now."""
        self._lay_out()

    # Places

    def _x(self, at_us: int) -> float:
        assert self._line is not None
        return LABEL_PX + (at_us - self._line.since_us) * self._scale

    @property
    def _scale(self) -> float:
        """Pixels of a microsecond."""
        assert self._line is not None
        return (self.width() - LABEL_PX - 8) / max(1, self._line.until_us - self._line.since_us)

    def _lay_out(self) -> None:
        """Work out where everything stands. There may be a thousand runs, once a second, so no loop calls far."""
        self._spots, self._runs = [], {}
        if self._line is None:
            return
        since_us, scale = self._line.since_us, self._scale
        tops = {lane: place * LANE_PX + 4 for place, lane in enumerate(self._lanes)}
        rest = (len(self._lanes) - 1) * LANE_PX + 4
        for mark in self._line.marks:
            left = LABEL_PX + (mark.start_us - since_us) * scale
            width = max(LEAST_PX, (mark.end_us - mark.start_us) * scale)
            # A failed one hangs from the top, so that runs that went well show below it.
            height = (LANE_PX - 7) * (FAILED_PART if mark.status == _FAILED else 1.0)
            area = QRectF(left, tops.get(mark.lane, rest), width, height)
            self._spots.append(_Spot(area, mark))
            self._runs.setdefault(mark.status, []).append(area)
        for due in self._line.planned:
            x = self._x(due.at_us)
            self._spots.append(_Spot(self._area(due.lane, x - 2, x + 4), due))
        for gap in self._line.gaps:
            x = self._x(gap.at_us)
            self._spots.append(_Spot(self._area(gap.lane, x - 3, x + 3), gap))
        self._spots.sort(key=lambda spot: (spot.area.left(), spot.area.top()))

    def _words(self, spot: _Spot) -> str:
        """What is said of one; made when it is asked for, since nobody asks for most."""
        thing = spot.thing
        if isinstance(thing, Mark):
            return mark_words(thing)
        lane = thing.lane or SCRIPTS
        if isinstance(thing, Planned):
            return tr("{lane}: due {at_us}").format(lane=lane, at_us=when(thing.at_us, self._now_us))
        return tr("{lane}: missed {at_us}, {reason}").format(
            lane=lane, at_us=when(thing.at_us, self._now_us), reason=one_line(thing.reason)
        )

    def _area(self, lane: str, left: float, right: float) -> QRectF:
        place = self._lanes.index(lane) if lane in self._lanes else len(self._lanes) - 1
        return QRectF(left, place * LANE_PX + 4, max(LEAST_PX, right - left), LANE_PX - 7)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lanes, hours, runs, and the line that is now."""
        painter = QPainter(self)
        painter.setFont(fact_font())
        if self._line is not None:
            self._paint_axis(painter)
            self._paint_lanes(painter)
            self._paint_runs(painter, *(status for status in self._runs if status != _FAILED))
            for spot in self._spots:
                if not isinstance(spot.thing, Mark):
                    self._paint_slot(painter, spot)
            self._paint_runs(painter, _FAILED)  # last: nothing may cover them
            if 0 <= self._chosen < len(self._spots):
                painter.setPen(QPen(QColor(self._theme.text), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self._spots[self._chosen].area.adjusted(-2, -2, 2, 2))
            x = self._x(self._now_us)
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, self._bottom))
            if 0 <= self._chosen < len(self._spots):
                self._paint_words(painter, self._spots[self._chosen])
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_axis(self, painter: QPainter) -> None:
        assert self._line is not None
        bottom = self._bottom
        span = self._line.until_us - self._line.since_us
        step = next((each for each in _TICKS_US if span / each <= 10), _TICKS_US[-1])
        offset = round((moment(self._line.since_us).utcoffset() or _NO_OFFSET).total_seconds() * 1_000_000)
        at = ((self._line.since_us + offset) // step + 1) * step - offset
        while at < self._line.until_us:
            x = self._x(at)
            painter.setPen(QPen(QColor(self._theme.line), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            painter.setPen(QColor(self._theme.dim))
            text = day(at) if step >= 24 * HOUR_US else hour(at)
            painter.drawText(
                QRectF(x - 40, bottom + 1, 80, AXIS_PX - 2), Qt.AlignmentFlag.AlignCenter, text
            )
            at += step

    def _paint_words(self, painter: QPainter, spot: _Spot) -> None:
        """What is chosen, in words below the line, where the hours stand otherwise."""
        words = self._words(spot)
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 12
        left = max(0.0, min(spot.area.left(), self.width() - width))
        area = QRectF(left, self._bottom + 1, width, AXIS_PX - 2)
        painter.fillRect(area, QColor(self._theme.raised))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_lanes(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QColor(self._theme.dim))
        for place, lane in enumerate(self._lanes):
            text = metrics.elidedText(lane or SCRIPTS, Qt.TextElideMode.ElideRight, LABEL_PX - 12)
            area = QRectF(2, place * LANE_PX, LABEL_PX - 12, LANE_PX)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_runs(self, painter: QPainter, *statuses: str) -> None:
        """Those that ended alike at once."""
        painter.setPen(Qt.PenStyle.NoPen)
        for status in statuses:
            painter.setBrush(QColor(tone_colour(self._theme, _TONES.get(status, "plain"))))
            painter.drawRects(self._runs.get(status, []))

    def _paint_slot(self, painter: QPainter, spot: _Spot) -> None:
        if isinstance(spot.thing, Planned):
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(spot.area)
        else:
            colour = QColor(self._theme.waiting)
            painter.setPen(QPen(colour, 1))
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(spot.area)

    # Hands

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what stands under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(self._words(spot)) if spot else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what stands under the pointer."""
        spot = self._at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._chosen = self._spots.index(spot)
            self.update()
            self._pick(spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from mark to mark, Home and End to the first and last, Enter picks."""
        last = len(self._spots) - 1
        places = {
            Qt.Key.Key_Left: max(0, self._chosen - 1) if self._chosen >= 0 else last,
            Qt.Key.Key_Right: min(last, self._chosen + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in places and last >= 0:
            self._chosen = places[key]
            spot = self._spots[self._chosen]
            self.setAccessibleDescription(self._words(spot))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._chosen <= last:
            self._pick(self._spots[self._chosen])
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPointF) -> _Spot | None:
        near = [spot for spot in self._spots if spot.area.adjusted(-NEAR_PX, -3, NEAR_PX, 3).contains(point)]
        # Of two that lie over each other the small one is meant: the other has room beside it.
        return min(
            near, key=lambda spot: (abs(spot.area.center().x() - point.x()), spot.area.height()), default=None
        )

    def _pick(self, spot: _Spot) -> None:
        if isinstance(spot.thing, Mark):
            self.mark_picked.emit(spot.thing)
        else:
            self.schedule_picked.emit(spot.thing.schedule_id)


def lanes_of(line: Timeline) -> tuple[str, ...]:
    """The lanes to show: those with most to show, by name; the rest share the last one."""
    weight: Counter[str] = Counter()
    for mark in line.marks:
        weight[mark.lane] += mark.count
    weight.update(each.lane for each in line.planned)
    weight.update(each.lane for each in line.gaps)
    if len(weight) <= MOST_LANES:
        return tuple(sorted(weight, key=lambda lane: (lane == "", lane)))
    most = [lane for lane, _ in weight.most_common(MOST_LANES - 1)]
    return (*sorted(most, key=lambda lane: (lane == "", lane)), REST)


_STATE_WORDS = {
    "completed": tr("completed"),
    "failed": tr("failed"),
    "cancelled": tr("cancelled"),
    "interrupted": tr("interrupted"),
}


def spoken(line: Timeline) -> str:
    """The whole line in a sentence, for screen readers."""
    states: Counter[str] = Counter()
    for mark in line.marks:
        states[mark.status] += mark.count
    parts = [f"{count(number)} {_STATE_WORDS.get(status, status)}" for status, number in states.most_common()]
    parts += [tr("{planned} due").format(planned=count(len(line.planned)))] * bool(line.planned)
    parts += [tr("{gaps} missed").format(gaps=count(len(line.gaps)))] * bool(line.gaps)
    told = ", ".join(parts) or tr("no runs")
    return tr("{since} to {until}: {told}").format(
        since=clock(line.since_us), until=clock(line.until_us), told=told
    )


_NO_OFFSET = moment(0) - moment(0)
