"""Opens the settings of a home, alone or for the container.

Any thread but the GUI's.
"""

from __future__ import annotations

from qntx_desktop.app.paths import Home
from qntx_desktop.engines.config_file import ConfigFile
from qntx_desktop.services.options import Options


def open_options(home: Home) -> Options:
    """The settings of a home; the defaults for one that does not exist yet.

    Raises:
        ErrHomeUnusable: What stands there is no folder.
    """
    home.check()
    return Options(ConfigFile(home.config))
