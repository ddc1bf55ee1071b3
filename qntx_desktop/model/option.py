"""The settings a person can make, declared once: key, kind, default, bounds and what it is for.

Pure values; any thread. The command line, the window's settings and the documentation are made from `OPTIONS`; a
new setting is one entry here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from qntx_desktop.model.errors import ErrInvalidOption, ErrOptionNotFound

Value = bool | int | str


class OptionKind(StrEnum):
    """What kind of value an option takes."""

    FLAG = "flag"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One setting.

    Args:
        key: `room.name`; a table and a key of `config.toml`.
        unit: Of a number, as it is shown: `s`, `days`; empty for a count.
        minimum, maximum: Bounds of a number, both allowed values.
        pattern: What a text looks like, as a regular expression; the empty text is always allowed.
        example: A text that it takes.
        cautious: What counts while the file cannot be read; None: what counted before, else the default.
    """

    key: str
    kind: OptionKind
    default: Value
    help: str
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    pattern: str = ""
    example: str = ""
    cautious: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """An option and what it is set to; `is_set` says whether the person set it."""

    option: Option
    value: Value
    is_set: bool

    def to_json(self) -> dict[str, object]:
        """As the command line prints it."""
        option = self.option
        shape: dict[str, object] = {
            "key": option.key,
            "value": self.value,
            "default": option.default,
            "set": self.is_set,
            "kind": str(option.kind),
            "help": option.help,
        }
        if option.kind is OptionKind.NUMBER:
            shape |= {"minimum": option.minimum, "maximum": option.maximum, "unit": option.unit}
        if option.choices:
            shape["choices"] = list(option.choices)
        return shape


OPTIONS = (
    Option(
        key="pulse.workers",
        kind=OptionKind.NUMBER,
        default=0,
        minimum=0,
        maximum=64,
        help="How many scripts run at once; 0: one for each core, at most 4",
    ),
    Option(
        key="pulse.light_workers",
        kind=OptionKind.NUMBER,
        default=0,
        minimum=0,
        maximum=64,
        help="How many short jobs of the app itself run at once; 0: two",
    ),
    Option(
        key="pulse.timeout_s",
        kind=OptionKind.NUMBER,
        default=60,
        minimum=1,
        maximum=7 * 24 * 3600,
        unit="s",
        help="How long a script may run that does not say so itself",
    ),
    Option(
        key="pulse.keep_completed_days",
        kind=OptionKind.NUMBER,
        default=7,
        minimum=1,
        maximum=36_500,
        unit="days",
        help="How long completed and cancelled jobs are kept, with their logs",
    ),
    Option(
        key="pulse.keep_failed_days",
        kind=OptionKind.NUMBER,
        default=30,
        minimum=1,
        maximum=36_500,
        unit="days",
        help="How long failed jobs are kept, with their logs",
    ),
    Option(
        key="network.offline",
        kind=OptionKind.FLAG,
        default=False,
        cautious=True,
        help="Refuse every connection of scripts and sources",
    ),
    Option(
        key="plugins.when_away",
        kind=OptionKind.CHOICE,
        default="wait",
        choices=("wait", "fail"),
        help="What becomes of a job whose plugin does not run",
    ),
    Option(
        key="plugins.job_timeout_s",
        kind=OptionKind.NUMBER,
        default=600,
        minimum=1,
        maximum=7 * 24 * 3600,
        unit="s",
        help="How long a job of a plugin may take",
    ),
    Option(
        key="plugins.start_timeout_s",
        kind=OptionKind.NUMBER,
        default=5,
        minimum=1,
        maximum=600,
        unit="s",
        help="How long a plugin may take until it answers after its start",
    ),
    Option(
        key="remote.scheduler",
        kind=OptionKind.TEXT,
        default="",
        pattern=r"(tcp|tls)://([A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}",
        example="tcp://10.0.0.5:8786",
        help="The Dask scheduler for handlers that say where = \"remote\", such as tcp://10.0.0.5:8786",
    ),
    Option(
        key="window.theme",
        kind=OptionKind.CHOICE,
        default="system",
        choices=("system", "dark", "light", "contrast"),
        help="How the window looks; contrast: black, white and strong colours",
    ),
    Option(
        key="window.language",
        kind=OptionKind.CHOICE,
        default="system",
        choices=("system", "en", "de"),
        help="The language of the window; counts when the window is opened again",
    ),
    Option(
        key="window.text_percent",
        kind=OptionKind.NUMBER,
        default=100,
        minimum=80,
        maximum=200,
        unit="%",
        help="How large text is, and all that holds it; counts when the window is opened again",
    ),
    Option(
        key="window.notifications",
        kind=OptionKind.FLAG,
        default=True,
        help="Tell the desktop of runs that end while the window is not in front",
    ),
    Option(
        key="window.keep_pulse_in_tray",
        kind=OptionKind.FLAG,
        default=False,
        help="Go on running in the tray when the window is closed, where the desktop has a tray",
    ),
    Option(
        key="window.wheel",
        kind=OptionKind.CHOICE,
        default="pans",
        choices=("pans", "zooms"),
        help="What the wheel does on the canvas; with Ctrl it always zooms",
    ),
    Option(
        key="window.reduced_motion",
        kind=OptionKind.FLAG,
        default=False,
        help="Nothing on the canvas glides or grows; so it is too where the desktop switches animations off",
    ),
    Option(
        key="window.keys",
        kind=OptionKind.TEXT,
        default="",
        pattern=r"[a-z0-9_]+=\S*( [a-z0-9_]+=\S*)*",
        example="copy=Ctrl+Alt+C",
        help="Keys of the canvas that a person gave instead of the usual ones, such as copy=Ctrl+Alt+C",
    ),
    Option(
        key="api.enabled",
        kind=OptionKind.FLAG,
        default=False,
        cautious=False,
        help="Answer programs of this computer over HTTP, with tokens",
    ),
    Option(
        key="api.webhooks",
        kind=OptionKind.FLAG,
        default=False,
        cautious=False,
        help="Take webhooks, each with its own secret",
    ),
    Option(
        key="api.port",
        kind=OptionKind.NUMBER,
        default=8722,
        minimum=0,
        maximum=65_535,
        help="Where on 127.0.0.1 both listen; 0: any free port",
    ),
    Option(
        key="api.calls_per_minute",
        kind=OptionKind.NUMBER,
        default=30_000,
        minimum=1,
        maximum=100_000_000,
        help="How often each client may call; a sixth of it at once",
    ),
    Option(
        key="api.origins",
        kind=OptionKind.TEXT,
        default="",
        pattern=r"https?://[A-Za-z0-9.:\[\]-]+( https?://[A-Za-z0-9.:\[\]-]+)*",
        example="http://localhost:3000",
        help="Web pages that may use the API with a token, such as http://localhost:3000",
    ),
)
BY_KEY = {option.key: option for option in OPTIONS}

_SPELLED = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}
_MOST_DIGITS = 18
_MOST_CHARS = 8_000
"""All keys that a person can give are half of it."""


def find_option(key: str) -> Option:
    """The option of that key.

    Raises:
        ErrOptionNotFound: There is none; the hint names the nearest.
    """
    found = BY_KEY.get(key)
    if found is None:
        close = get_close_matches(key, tuple(BY_KEY), n=1)
        raise ErrOptionNotFound(key, close[0] if close else "")
    return found


def read_value(option: Option, given: object) -> Value:
    """Check a value, which may be spelled as text.

    Raises:
        ErrInvalidOption: It is of the wrong kind or out of bounds.
    """
    if option.kind is OptionKind.FLAG:
        return _flag(option, given)
    if option.kind is OptionKind.NUMBER:
        return _number(option, given)
    if option.kind is OptionKind.TEXT:
        return _text(option, given)
    if given not in option.choices:
        raise ErrInvalidOption(option.key, f"is one of {', '.join(option.choices)}, not {_shown(given)}")
    return str(given)


def _text(option: Option, given: object) -> str:
    text = given.strip() if isinstance(given, str) else None
    if text is None or len(text) > _MOST_CHARS or (text and not re.fullmatch(option.pattern, text)):
        raise ErrInvalidOption(option.key, f"looks like {option.example}, not {_shown(given)}")
    return text


def _flag(option: Option, given: object) -> bool:
    if isinstance(given, bool):
        return given
    spelled = _SPELLED.get(given.strip().lower()) if isinstance(given, str) else None
    if spelled is None:
        raise ErrInvalidOption(option.key, f"is true or false, not {_shown(given)}")
    return spelled


def _number(option: Option, given: object) -> int:
    number = given
    if isinstance(given, str):
        text = given.strip()
        digits = text.removeprefix("-")
        number = int(text) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None
    if not isinstance(number, int) or isinstance(number, bool):
        raise ErrInvalidOption(option.key, f"is a whole number, not {_shown(given)}")
    low, high = option.minimum, option.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise ErrInvalidOption(option.key, f"goes from {low:,} to {high:,}, not {number:,}")
    return number


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 40 else f"{text[:40]}…"
