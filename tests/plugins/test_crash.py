"""A plugin goes with the app that started it, however that ends."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

WAIT_S = 60.0
HOST = """
import sys, pathlib
from qntx_desktop.engines.plugins.process import PluginProcess
PluginProcess(
    ["/bin/sh", "-c", "trap '' TERM; sleep 1000 & echo $$ $!; wait"],
    {}, pathlib.Path("/"), lambda _stream, line: print(line, flush=True),
)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for processes of others by their descriptors")
def test_a_killed_app_takes_its_plugins_and_what_they_started_along(tmp_path: Path) -> None:
    host = subprocess.Popen(
        [sys.executable, "-c", HOST], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, text=True
    )
    with host:
        assert host.stdout is not None
        handles = [os.pidfd_open(int(word)) for word in host.stdout.readline().split()]
        try:
            host.send_signal(signal.SIGKILL)
            for handle in handles:
                assert select.select([handle], [], [], WAIT_S)[0], "it lives on"
        finally:
            for handle in handles:
                os.close(handle)
    assert len(handles) == 2
