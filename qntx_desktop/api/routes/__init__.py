"""Every route of the API: one module a subject, and one line here for it.

A route that stands here is answered, described in the document, and tried by the tests.
"""

from __future__ import annotations

from qntx_desktop.api.route import Route
from qntx_desktop.api.routes import (
    about,
    attestations,
    handlers,
    jobs,
    python,
    schedules,
    source_files,
    sources,
    webhooks,
)

ROUTES: tuple[Route, ...] = (
    *about.ROUTES,
    *attestations.ROUTES,
    *handlers.ROUTES,
    *python.ROUTES,
    *jobs.ROUTES,
    *schedules.ROUTES,
    *sources.ROUTES,
    *source_files.ROUTES,
)

OPEN_ROUTES: tuple[Route, ...] = webhooks.OPEN_ROUTES
"""Those with a secret of their own instead of a token."""
