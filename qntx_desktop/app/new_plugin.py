"""The template of plugins with its texts and the interpreter that has the SDK. Any thread but the GUI's."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from qntx_desktop.app.resources import resource_path
from qntx_desktop.services.plugin_template import PluginTemplate


def plugin_template() -> PluginTemplate:
    """What writes new plugins."""
    texts = {
        name: resource_path("templates", "plugin", f"{name}.txt").read_text("utf-8")
        for name in PluginTemplate.names
    }
    frozen = getattr(sys, "frozen", False)  # then this program is the app, not an interpreter
    return PluginTemplate(texts, "python3" if frozen else sys.executable)


def has_plugins() -> bool:
    """Whether the extra that plugins need is installed."""
    return find_spec("grpc") is not None and find_spec("google.protobuf") is not None
