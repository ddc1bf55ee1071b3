"""The verbs of `qntx`, one module a group and one line here for each.

Pure declarations; what a verb needs it imports when it runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qntx_desktop.cli.grammar import Verb
from qntx_desktop.cli.verbs import (
    api,
    as_,
    attestation,
    ax,
    canvas,
    completion,
    config,
    doctor,
    handler,
    handler_sharing,
    hook,
    ix,
    job,
    plugin,
    plugin_new,
    run,
    schedule,
    secret,
    serve,
    source,
    source_review,
)

GROUPS: Mapping[str, Sequence[Verb]] = {
    "ix": ix.VERBS,
    "run": run.VERBS,
    "handler": (*handler.VERBS, *handler_sharing.VERBS),
    "as": as_.VERBS,
    "ax": ax.VERBS,
    "attestation": attestation.VERBS,
    "job": job.VERBS,
    "schedule": schedule.VERBS,
    "secret": secret.VERBS,
    "canvas": canvas.VERBS,
    "config": config.VERBS,
    "serve": serve.VERBS,
    "api": api.VERBS,
    "hook": hook.VERBS,
    "doctor": doctor.VERBS,
    "source": (*source.VERBS, *source_review.VERBS),
    "plugin": (*plugin.VERBS, *plugin_new.VERBS),
    "completion": completion.VERBS,
}
