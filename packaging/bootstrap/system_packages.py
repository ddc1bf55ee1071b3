"""System libraries and programs that no Python package brings: found, named and, where allowed, installed.

Only Linux needs any. The dynamic loader itself is asked what is missing, so a library from anywhere counts.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap.trouble import SetupError

#: Libraries that Qt itself loads, then those of its X11 window plugin: (soname, apt, dnf, pacman, zypper).
QT_LIBRARIES = (
    ("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd", "libEGL1"),
    ("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd", "libGL1"),
    ("libX11.so.6", "libx11-6", "libX11", "libx11", "libX11-6"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6", "freetype", "freetype2", "libfreetype6"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2", "libglib-2_0-0"),
    ("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2", "libgthread-2_0-0"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"),
    ("libzstd.so.1", "libzstd1", "libzstd", "zstd", "libzstd1"),
)
X11_LIBRARIES = (
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11", "libX11-xcb1"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb", "libxcb-randr0"),
    ("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb", "libxcb-render0"),
    (
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
        "libxcb-render-util0",
    ),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb", "libxcb-sync1"),
    ("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util", "libxcb-util1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb", "libxcb-xkb1"),
    (
        "libxkbcommon-x11.so.0",
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
        "libxkbcommon-x11-0",
    ),
)
#: Programs with which the tests drive the real window and a real keyring: (program, apt, dnf, pacman, zypper).
TEST_PROGRAMS = (
    ("git", "git", "git-core", "git", "git"),
    ("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb", "xorg-x11-server-Xvfb"),
    ("xdotool", "xdotool", "xdotool", "xdotool", "xdotool"),
    ("dbus-run-session", "dbus-daemon", "dbus-daemon", "dbus", "dbus-1-daemon"),
    ("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring", "gnome-keyring", "gnome-keyring"),
)
VENV_MODULES = ("venv", "ensurepip")


@dataclass(frozen=True)
class Installer:
    """A distribution's package program: its column in the tables above and how it is called."""

    program: str
    column: int
    refresh: tuple[str, ...]
    install: tuple[str, ...]


INSTALLERS = (
    Installer(
        "apt-get",
        1,
        ("apt-get", "update"),
        ("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"),
    ),
    Installer("dnf", 2, (), ("dnf", "install", "-y")),
    Installer("pacman", 3, (), ("pacman", "-Sy", "--noconfirm", "--needed")),
    Installer("zypper", 4, (), ("zypper", "--non-interactive", "install")),
)


def find_installer(which: Callable[[str], str | None] = shutil.which) -> Installer | None:
    """Return this distribution's installer, or None where it is not one of the known four."""
    return next((installer for installer in INSTALLERS if which(installer.program)), None)


def can_load(soname: str) -> bool:
    """Say whether the dynamic loader finds `soname`."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(
    environ: Mapping[str, str], loads: Callable[[str], bool] = can_load
) -> list[tuple[str, ...]]:
    """Return the rows that Qt would not find here; a pure Wayland session needs no X11 plugin."""
    if not sys.platform.startswith("linux"):
        return []
    wayland_only = bool(environ.get("WAYLAND_DISPLAY")) and not environ.get("DISPLAY")
    rows = QT_LIBRARIES if wayland_only else QT_LIBRARIES + X11_LIBRARIES
    return [row for row in rows if not loads(row[0])]


def missing_programs(which: Callable[[str], str | None] = shutil.which) -> list[tuple[str, ...]]:
    """Return the rows of the test programs that are not on PATH."""
    if not sys.platform.startswith("linux"):
        return []
    return [row for row in TEST_PROGRAMS if not which(row[0])]


def missing_venv_modules(find: Callable[[str], object] = importlib.util.find_spec) -> list[str]:
    """Return those of Python's own modules for virtual environments that the distribution left out."""
    return [name for name in VENV_MODULES if find(name) is None]


def packages_of(rows: Iterable[Sequence[str]], installer: Installer) -> list[str]:
    """Return the package names of `rows` for `installer`, sorted, each once."""
    return sorted({row[installer.column] for row in rows})


def venv_packages(installer: Installer) -> list[str]:
    """Return the packages that bring the venv module for the running Python."""
    if installer.program == "apt-get":
        return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    return ["python3"]


def privilege_prefix(run: Callable[..., int] = subprocess.call) -> list[str] | None:
    """Return what makes a command run as root without asking, or None where nothing does."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if run(["sudo", "-n", "true"], **quiet) == 0:
            return ["sudo", "-n"]
    return None


def manual_command(installer: Installer, packages: Sequence[str]) -> str:
    """Return the one command that a person can paste to install `packages`."""
    plain = [word for word in installer.install if word != "-o" and not word.startswith("DPkg::")]
    refresh = ["sudo", *installer.refresh, "&&"] if installer.refresh else []
    return " ".join([*refresh, "sudo", *plain, *packages])


def install(installer: Installer, packages: Sequence[str], prefix: Sequence[str], log: Path) -> bool:
    """Install `packages`, what the installer says going to `log`; return whether it went well."""
    frontend = ["env", "DEBIAN_FRONTEND=noninteractive"]
    with log.open("ab") as output:
        for command in (installer.refresh, (*installer.install, *packages)):
            if not command:
                continue
            # A failing refresh (offline, one dead mirror) may still leave lists that are good enough.
            code = subprocess.call(
                [*prefix, *frontend, *command], stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
    return code == 0


def provide(
    rows: Sequence[Sequence[str]], packages_for: Callable[[Installer], list[str]], log: Path
) -> str | None:
    """Try to install what `rows` lack.

    Returns:
        None when the packages were installed, else one line: the command for the person, or the names.
    """
    names = ", ".join(row[0] for row in rows)
    installer = find_installer()
    if installer is None:
        return f"install what provides {names} with your system's package program"
    packages = packages_for(installer)
    prefix = privilege_prefix()
    if prefix is None:
        return manual_command(installer, packages)
    print(f"Installing system packages: {' '.join(packages)}", file=sys.stderr, flush=True)
    if install(installer, packages, prefix, log):
        return None
    return manual_command(installer, packages)


def ensure_libraries(environ: Mapping[str, str], log: Path) -> None:
    """Make Qt's system libraries loadable.

    Raises:
        SetupError: Some are missing and could not be installed; the hint is the command that does.
    """
    rows = missing_libraries(environ)
    if not rows:
        return
    command = provide(rows, lambda installer: packages_of(rows, installer), log)
    left = missing_libraries(environ)
    if left:
        names = ", ".join(row[0] for row in left)
        raise SetupError(f"Qt needs system libraries that are not here: {names}.", f"Run: {command or names}")


def ensure_venv_modules(log: Path) -> None:
    """Make Python's venv and ensurepip importable.

    Raises:
        SetupError: Debian and Ubuntu pack them apart, and they could not be installed.
    """
    names = missing_venv_modules()
    if not names:
        return
    command = provide([(name,) for name in names], venv_packages, log)
    importlib.invalidate_caches()
    left = missing_venv_modules()
    if left:
        raise SetupError(
            f"This Python ({sys.executable}) has no {' and no '.join(left)} module.",
            f"Run: {command}" if command else "Install the venv module of this Python.",
        )


def offer_programs(log: Path) -> None:
    """Install the test programs where that is allowed; else say which tests will be left out, and go on."""
    rows = missing_programs()
    if not rows:
        return
    command = provide(rows, lambda installer: packages_of(rows, installer), log)
    left = ", ".join(row[0] for row in missing_programs())
    if left:
        print(f"Tests that need {left} are left out. For them, run: {command}", file=sys.stderr, flush=True)
