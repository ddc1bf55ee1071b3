"""What every handler may read: its interpreter, the system's libraries, time zones, languages, certificates. Linux.

Named narrowly, because code asks what lies beside: `/etc/ssl` also holds private keys.
"""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

from qntx_desktop.engines.interpreter import FLAGS, clean_environment, interpreter, sdk_folder

SYSTEM_READ = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/timezone",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/usr/share/i18n",
    "/etc/ssl/certs",
    "/etc/ssl/cert.pem",
    "/etc/ssl/openssl.cnf",
    "/etc/pki/tls/certs",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/ca-trust/extracted",
    "/etc/ca-certificates/extracted",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
    "/usr/share/pki",
    "/etc/mime.types",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
)
SYSTEM_WRITE = ("/dev/null",)
_ASK = (
    "import sys, sysconfig; "
    "print(sys.base_prefix, sys.prefix, sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib'), sep='\\n')"
)
_WIDE = {"/", "/usr", "/usr/local"}
_TIMEOUT_S = 20.0


@functools.lru_cache(maxsize=32)
def readable(python: str) -> tuple[str, ...]:
    """Real paths that code run by the interpreter `python` may read; what is not there is left out."""
    named = [Path(path) for path in (*SYSTEM_READ, str(sdk_folder()), *_of_interpreter(python))]
    found = dict.fromkeys(path.resolve() for path in named if path.exists())
    return tuple(str(path) for path in found if not any(other in found for other in path.parents))


def _of_interpreter(python: str) -> list[str]:
    if python == interpreter() and not getattr(sys, "frozen", False):
        import sysconfig

        base = sysconfig.get_config_var("installed_base") or sys.base_prefix
        said = [sys.base_prefix, base, sysconfig.get_path("stdlib"), str(Path(sysconfig.__file__).parent)]
    else:
        said = _asked(python)
    found = [path for path in said if path not in _WIDE]
    return list(dict.fromkeys([f"{path}/lib" if path in said[:2] else path for path in found]))


def _asked(python: str) -> list[str]:
    """Ask an interpreter where it lives; one that does not answer cannot run handlers either."""
    ended = subprocess.run(
        [python, *FLAGS, "-c", _ASK],
        capture_output=True,
        env=clean_environment(),
        timeout=_TIMEOUT_S,
        check=True,
        text=True,
    )
    return ended.stdout.splitlines()
