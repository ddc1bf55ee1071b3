"""The registry of source types: one module and one line here for each.

Pure; any thread.
"""

from __future__ import annotations

from collections.abc import Mapping

from qntx_desktop.services.source_types.git import GitType
from qntx_desktop.services.source_types.manual import ManualType
from qntx_desktop.services.source_types.source_type import SourceType

SOURCE_TYPES: Mapping[str, SourceType] = {each.name: each for each in (ManualType(), GitType())}
"""Everything a source can be; contract tests go over it."""
