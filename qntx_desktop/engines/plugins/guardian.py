"""Stands between the app and one plugin: starts it in a group of its own, ends that group when the app has gone.

Run as a script, `guardian.py CONTROL STATUS PROGRAM ARGS...`, with the standard library alone. The app says `T`
(ask the group to end) or `K` (kill it) into CONTROL; its end, also by a crash, counts as `K`. STATUS tells `pid N`,
then `end CODE`, or `error TEXT`. As the parent, only this process knows how long the group's number is its own.
"""

from __future__ import annotations

import os
import select
import signal
import sys

_DEATH_SIGNAL = 1


def main(words: list[str]) -> int:
    """Start the program and wait until it has ended."""
    control, status, command = int(words[0]), int(words[1]), words[2:]
    ear, bell = os.pipe()
    os.set_blocking(ear, False)
    os.set_blocking(bell, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):  # those are for the app, which then tells us
        signal.signal(number, signal.SIG_IGN)
    die_with_us = _death_signal()
    # Until the child has put its signals right, one that is sent to it waits, and is not ignored.
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid == 0:
        os.set_inheritable(control, False)
        _become(command, status, die_with_us)
    signal.pthread_sigmask(signal.SIG_SETMASK, held)
    os.write(status, b"pid %d\n" % pid)
    _watch(pid, control, ear)
    code = _reap(pid)
    os.write(status, b"end %d\n" % code)
    return 0


def _death_signal() -> object:
    """What has the kernel kill a child of ours when we die; None where there is no such thing."""
    if sys.platform != "linux":
        return None
    try:
        import ctypes

        return ctypes.CDLL(None).prctl
    except (ImportError, OSError, AttributeError):
        return None


def _become(command: list[str], status: int, die_with_us: object) -> None:
    """The child: turn into the plugin."""
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        if callable(die_with_us):
            die_with_us(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        os.set_inheritable(status, False)
        os.execv(command[0], command)
    except OSError as error:
        os.write(status, f"error {error.strerror or error}\n".encode())
    finally:
        os._exit(127)


def _watch(pid: int, control: int, ear: int) -> None:
    """Do what the app says until the plugin has ended."""
    listening = [ear, control]
    while not _has_ended(pid):
        ready = select.select(listening, [], [])[0]
        if ear in ready:
            _drain(ear)
        if control in ready:
            said = os.read(control, 1)
            if said == b"T":
                _signal(pid, signal.SIGTERM)
                _signal(pid, signal.SIGCONT)
            else:
                _signal(pid, signal.SIGKILL)
            if not said:
                listening.remove(control)


def _has_ended(pid: int) -> bool:
    if hasattr(os, "waitid"):
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    global _code
    found, result = os.waitpid(pid, os.WNOHANG)
    if found:
        _code = os.waitstatus_to_exitcode(result)
    return bool(found)


_code = 0


def _reap(pid: int) -> int:
    """Kill what is left of the group, then give its number back."""
    _signal(pid, signal.SIGKILL)
    if hasattr(os, "waitid"):
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return _code


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):  # it has not got its group yet, or nobody is left in it
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            return


def _drain(ear: int) -> None:
    try:
        while os.read(ear, 64):
            continue
    except BlockingIOError:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
