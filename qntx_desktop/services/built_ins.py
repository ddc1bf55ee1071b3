"""The types that the app knows by itself, asked when nobody else knows a type. Any thread."""

from __future__ import annotations

from qntx_desktop.model.handler import Route
from qntx_desktop.model.ix import GIT_TYPE
from qntx_desktop.model.job import IX_GIT

JOB_TYPES_OF = {GIT_TYPE: IX_GIT}


class BuiltIns:
    """Routes to job types of the app; looks nothing up."""

    def find(self, script_type: str) -> Route | None:
        """Who runs the type, or None when it is not known here."""
        job_type = JOB_TYPES_OF.get(script_type)
        return Route(kind="builtin", job_type=job_type, script_type=script_type) if job_type else None
