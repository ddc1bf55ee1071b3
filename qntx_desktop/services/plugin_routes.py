"""Routes `ix <type>` to the plugin that announced the handler `ix.<type>`. Any thread but the GUI's."""

from __future__ import annotations

from qntx_desktop.model.errors import ErrPluginUnavailable
from qntx_desktop.model.handler import Route
from qntx_desktop.store import plugins
from qntx_desktop.store.database import Database

IX = "ix."


class PluginRoutes:
    """Enabled plugins count, whether they run now or not; of several the first by name.

    A type that only a disabled one announced is asked for last, by `refuse`.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, script_type: str) -> Route | None:
        """Who runs the type, or None when no plugin announced it."""
        handler = f"{IX}{script_type}"
        with self._db.read() as connection:
            for plugin in plugins.every(connection):
                if plugin.enabled and handler in plugin.handlers:
                    return Route(kind="plugin", job_type=f"{plugin.name}/{handler}", script_type=script_type)
        return None

    def refuse(self, script_type: str) -> None:
        """Say so when nobody knows a type but a plugin that is disabled.

        Raises:
            ErrPluginUnavailable: With its name and how to enable it.
        """
        with self._db.read() as connection:
            for plugin in plugins.every(connection):
                if not plugin.enabled and f"{IX}{script_type}" in plugin.handlers:
                    hint = f"Enable it: qntx plugin enable {plugin.name}"
                    raise ErrPluginUnavailable(plugin.name, "it is disabled.", hint=hint, final=True)
