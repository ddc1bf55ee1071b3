"""What a plugin is written as: a class with a name, settings, and marked methods.

    from qntx_desktop.plugin_sdk import Field, Job, Plugin, handler, run

    class Weather(Plugin):
        name = "weather"
        version = "0.1.0"
        settings = {"unit": Field(default="C", pattern="[CF]", description="Celsius or Fahrenheit")}

        @handler("ix.weather")
        def read(self, job: Job) -> dict[str, int]:
            for town in job.args:
                job.attest(town, "has_temperature", "today", attributes={"unit": self.config["unit"]})
            return {"towns": len(job.args)}

    if __name__ == "__main__":
        run(Weather)

`start`, `stop` and marked methods are called on threads of the server, several at once.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from qntx_desktop.plugin_sdk.declaring import handlers_of, marks_of
from qntx_desktop.plugin_sdk.errors import DeclarationError
from qntx_desktop.plugin_sdk.host import Channels, Endpoints, Host
from qntx_desktop.plugin_sdk.settings import Field

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


class Plugin:
    """Base of every plugin.

    Attributes:
        name: As the host is told to call it; lower-case letters, digits, `-` and `_`.
        version: Of the plugin, such as `0.1.0`.
        host_version: Which hosts it works with, such as `>=0.1`; empty for any.
        settings: What a person can set.
        at_once: How many jobs it does at the same time, from 1; the others wait.
        config: The values of `settings`, and what else the host sent; read in `start` and later.
        host: The host; in a job ask `job.host`, which is this one and knows the job.
        log: What is written here appears in the host's log of this plugin.
    """

    name: ClassVar[str] = ""
    version: ClassVar[str] = "0.0.0"
    description: ClassVar[str] = ""
    author: ClassVar[str] = ""
    license: ClassVar[str] = ""
    host_version: ClassVar[str] = ""
    settings: ClassVar[Mapping[str, Field]] = {}
    at_once: ClassVar[int] = 8

    def __init__(self) -> None:
        self.config: dict[str, Any] = {}
        self.host = Host(Endpoints(), Channels())
        self.log = logging.getLogger(f"plugin.{self.name}")

    def start(self) -> None:
        """Called once the settings are known, before any job; an exception says why the plugin cannot work."""

    def stop(self) -> None:
        """Called before the process ends, and before a second start; jobs have been asked to stop."""

    def health(self) -> Mapping[str, object] | None:
        """Called every few seconds; returns facts to show. An exception says that the plugin is not well."""
        return None


def check(kind: type[Plugin]) -> None:
    """Refuse a plugin that cannot work.

    Raises:
        DeclarationError: Its name, its settings or its marks are impossible.
    """
    if _NAME.fullmatch(kind.name) is None:
        raise DeclarationError(
            f"{kind.__name__}.name is {kind.name!r}; it has to be lower-case letters, digits, '-' and '_'."
        )
    if not kind.version:
        raise DeclarationError(f"{kind.__name__} has no version.")
    if kind.at_once < 1:
        raise DeclarationError(f"{kind.__name__}.at_once is {kind.at_once}; it has to be 1 or more.")
    for name, field in kind.settings.items():
        field.check(name)
    handlers_of(marks_of(kind))
