"""Small parts that panels and windows are made of: chips, plain labels, buttons, one style sheet.

Qt main thread. Text from data only ever goes into plain-text labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHeaderView, QLabel, QPushButton, QSizePolicy, QTreeWidget, QWidget

from qntx_desktop.app.resources import resource_path
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.theme import Theme, chip_font, tone_colour
from qntx_desktop.ui.wording import plain_tip

CHIP_HEIGHT_PX = 18
CHIP_SIDE_PX = 8
TARGET_PX = 24


def set_tone(label: QLabel, tone: str) -> None:
    """Give a label another tone; a style sheet only looks again when it is told to."""
    label.setProperty("tone", tone)
    label.style().unpolish(label)
    label.style().polish(label)


def quiet_button(text: str, name: str = "") -> QPushButton:
    """A button without a frame, for rows of actions; `name` is what a screen reader says."""
    button = QPushButton(text)
    button.setProperty("kind", "quiet")
    button.setAccessibleName(name or text)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def fact_table(name: str, heads: Sequence[str]) -> QTreeWidget:
    """A table of plain rows, each column as wide as its text; `name` is what a screen reader says."""
    table = QTreeWidget()
    table.setAccessibleName(name)
    table.setHeaderLabels(list(heads))
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setAllColumnsShowFocus(True)
    table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table


class Elided(QLabel):
    """A label of one line that ends in an ellipsis where it is too narrow; its tool tip says all."""

    def __init__(self, tone: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if tone:
            self.setProperty("tone", tone)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is room for."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


def seen_check_box(theme: Theme) -> QCheckBox:
    """A box whose frame can be seen: the style makes it from the colour of the window, too dark on dark."""
    box = QCheckBox()
    show_frame(box, theme)
    return box


def show_frame(box: QCheckBox, theme: Theme) -> None:
    """Make the frame of a box visible in a theme."""
    palette = box.palette()
    for role, colour in ((palette.ColorRole.Window, theme.dim), (palette.ColorRole.Base, theme.code)):
        palette.setColor(role, QColor(colour))
    box.setPalette(palette)


def chip_text(chip: Chip) -> str:
    """Symbol and word on one line."""
    return f"{chip.symbol} {chip.text}".strip()


def chip_size(chip: Chip) -> QSize:
    """Size of a painted chip in widget pixels."""
    width = QFontMetrics(chip_font()).horizontalAdvance(chip_text(chip))
    return QSize(width + 2 * CHIP_SIDE_PX + 2, CHIP_HEIGHT_PX)


def paint_chip(painter: QPainter, area: QRectF, chip: Chip, theme: Theme) -> None:
    """Paint a chip into its rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setPen(QColor(tone_colour(theme, chip.tone)))
    painter.setFont(chip_font())
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, chip_text(chip))
    painter.restore()


class ChipLabel(QWidget):
    """A chip as a widget, readable to screen readers."""

    def __init__(self, chip: Chip, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip, self._theme = chip, theme
        self.setAccessibleName(chip_text(chip))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The chip's own size."""
        return chip_size(self._chip)

    def paintEvent(self, event: object) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._chip, self._theme)
        painter.end()


def _tick(theme: Theme) -> str:
    """The file of the tick that is seen on the accent colour of a theme."""
    return resource_path("icons", f"tick-{'dark' if theme.dark else 'light'}.svg").as_posix()


def sheet(theme: Theme) -> str:
    """The style of panels and windows in a theme."""
    return f"""
    QWidget {{ color: {theme.text}; }}
    Frame, HandlersPanel, PulsePanel {{ background: {theme.window}; }}
    QLabel[tone="dim"] {{ color: {theme.dim}; }}
    QLabel[tone="bad"] {{ color: {theme.failed}; }}
    QLabel[tone="heading"] {{ font-weight: 600; }}
    QPushButton {{ border: 1px solid {theme.line}; border-radius: 7px; padding: 3px 12px; color: {theme.text};
        background: transparent; min-height: {TARGET_PX - 8}px; }}
    QPushButton:hover {{ background: {theme.raised}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.faint}; }}
    QPushButton[kind="accent"] {{ border-color: {theme.accent}; color: {theme.accent}; }}
    QPushButton[kind="quiet"] {{ border-color: transparent; color: {theme.dim}; padding: 3px 6px; }}
    QPushButton[kind="quiet"]:hover {{ color: {theme.text}; background: {theme.raised}; }}
    QPushButton[kind="quiet"]:focus {{ border-color: {theme.accent}; color: {theme.text}; }}
    QPushButton[kind="quiet"]:disabled {{ color: {theme.faint}; }}
    QCheckBox::indicator, QListWidget::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.dim};
        border-radius: 4px; background: {theme.code}; }}
    QCheckBox::indicator:checked, QListWidget::indicator:checked {{ background: {theme.accent};
        border-color: {theme.accent}; image: url("{_tick(theme)}"); }}
    QCheckBox::indicator:focus {{ border-color: {theme.accent}; }}
    QPushButton[kind="accent"]:disabled {{ border-color: {theme.line}; color: {theme.faint}; }}
    QPushButton[kind="danger"] {{ border-color: {theme.failed}; color: {theme.failed}; }}
    QPushButton[kind="danger"]:disabled {{ border-color: {theme.line}; color: {theme.faint}; }}
    QLineEdit {{ background: {theme.code}; border: 1px solid {theme.line}; border-radius: 7px; padding: 6px 9px;
        color: {theme.text}; selection-background-color: {theme.accent}; selection-color: {theme.window}; }}
    QLineEdit, QPlainTextEdit {{ placeholder-text-color: {theme.dim}; }}
    QLineEdit:focus {{ border-color: {theme.accent}; }}
    QPlainTextEdit {{ background: {theme.code}; border: 1px solid {theme.line}; border-radius: 7px; padding: 6px;
        selection-background-color: {theme.accent}; selection-color: {theme.window}; }}
    QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
    QListView, QTableView, QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.window};
        border: none; }}
    QListView:focus {{ border: 1px solid {theme.accent}; border-radius: 7px; }}
    QTableView {{ border: 1px solid {theme.line}; border-radius: 7px; gridline-color: {theme.line};
        selection-background-color: {theme.raised}; selection-color: {theme.text}; outline: 0; }}
    QTreeView, QListWidget {{ background: {theme.window}; border: 1px solid {theme.line}; border-radius: 7px;
        outline: 0; padding: 2px; selection-background-color: {theme.raised};
        selection-color: {theme.accent}; }}
    #steps {{ border: 1px solid {theme.line}; border-radius: 7px; outline: 0; padding: 2px;
        selection-background-color: {theme.raised}; selection-color: {theme.accent}; }}
    #steps::item {{ padding: 4px 6px; border: none; min-height: {TARGET_PX - 8}px; }}
    #steps::item:selected {{ background: {theme.raised}; color: {theme.accent}; }}
    QTreeView::item, QListWidget::item {{ color: {theme.text}; padding: 2px 0; border: none; }}
    QTreeView::item:selected, QListWidget::item:selected {{ background: {theme.raised}; color: {theme.accent}; }}
    QTreeView:focus, QListWidget:focus {{ border-color: {theme.accent}; }}
    QTableView:focus {{ border-color: {theme.accent}; }}
    QHeaderView::section {{ background: {theme.window}; color: {theme.dim}; border: none;
        border-bottom: 1px solid {theme.line}; padding: 4px 3px; }}
    QTableCornerButton::section {{ background: {theme.window}; border: none; }}
    QPushButton:checked {{ background: {theme.raised}; color: {theme.text}; border-color: {theme.accent}; }}
    QComboBox {{ background: {theme.code}; border: 1px solid {theme.line}; border-radius: 7px; padding: 5px 9px;
        color: {theme.text}; }}
    QComboBox::drop-down {{ border: none; width: 20px; }}
    QComboBox::down-arrow {{ image: none; width: 0; height: 0; margin-right: 6px;
        border-left: 4px solid {theme.code}; border-right: 4px solid {theme.code};
        border-top: 5px solid {theme.dim}; }}
    QSpinBox {{ background: {theme.code}; border: 1px solid {theme.line}; border-radius: 7px; padding: 5px 9px;
        color: {theme.text}; selection-background-color: {theme.accent}; selection-color: {theme.window}; }}
    QSpinBox:focus {{ border-color: {theme.accent}; }}
    QSpinBox::up-button, QSpinBox::down-button {{ subcontrol-origin: border; border: none; width: 20px; }}
    QSpinBox::up-button {{ subcontrol-position: top right; }}
    QSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QSpinBox::up-arrow, QSpinBox::down-arrow {{ image: none; width: 0; height: 0;
        border-left: 3px solid {theme.code}; border-right: 3px solid {theme.code}; }}
    QSpinBox::up-arrow {{ border-bottom: 4px solid {theme.dim}; }}
    QSpinBox::down-arrow {{ border-top: 4px solid {theme.dim}; }}
    QComboBox:focus {{ border-color: {theme.accent}; }}
    QComboBox QAbstractItemView {{ background: {theme.card}; color: {theme.text}; border: 1px solid {theme.line};
        selection-background-color: {theme.raised}; selection-color: {theme.accent}; outline: 0; }}
    QProgressBar {{ background: {theme.raised}; border: none; border-radius: 3px; }}
    QProgressBar::chunk {{ background: {theme.running}; border-radius: 3px; }}
    QSplitter::handle {{ background: {theme.window}; }}
    QTabWidget::pane {{ border: none; padding-top: 8px; }}
    QTabBar::tab {{ border: 1px solid {theme.line}; border-radius: 7px; padding: 4px 12px; margin-right: 6px;
        color: {theme.dim}; background: transparent; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-color: {theme.accent}; background: {theme.raised}; }}
    """
