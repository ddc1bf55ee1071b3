"""The registry of job types: one module and one line here for each.

Pure; any thread.
"""

from __future__ import annotations

from qntx_desktop.services.jobs.housekeeping import Housekeeping
from qntx_desktop.services.jobs.ix_git import IxGit
from qntx_desktop.services.jobs.job_type import JobType
from qntx_desktop.services.jobs.python_script import PythonScript
from qntx_desktop.services.jobs.secret_rotation import SecretRotation
from qntx_desktop.services.jobs.source_sync import SourceSync

JOB_TYPES: tuple[JobType, ...] = (PythonScript(), IxGit(), Housekeeping(), SecretRotation(), SourceSync())
"""Everything the queue can run; contract tests go over it."""
