"""Confined runs with nothing around them: one by a fresh interpreter, or a fork server as small as can be.

Imported by a bare interpreter that `confined_peers` starts; uses the confinement of the SDK alone, whose folder is
on the path. A request to the server brings the child's end of a pair of sockets; the child confines itself at once,
says so, and waits for its script. Nothing is kept of what a handler is promised: no work folder, no messages, no
exit status, no limits but the system's. Linux.
"""

import gc
import json
import os
import resource
import sys

import _confine

LIMITS = (
    (resource.RLIMIT_CPU, 10),
    (resource.RLIMIT_AS, 1 << 30),
    (resource.RLIMIT_NOFILE, 64),
    (resource.RLIMIT_FSIZE, 64 << 20),
    (resource.RLIMIT_CORE, 0),
)


def run(orders, code):
    """Run a script in this process."""
    confine(json.loads(orders))
    exec(compile(code, "<handler>", "exec"), {"__name__": "__main__"})


def confine(orders):
    """Give up what a handler gives up."""
    for kind, most in LIMITS:
        resource.setrlimit(kind, (most, most))
    _confine.confine(orders)


def serve(orders, descriptor):
    """Fork for each request until the other side is gone."""
    import socket  # a fresh interpreter that runs one script does not need it

    said = json.loads(orders)
    control = socket.socket(fileno=int(descriptor))
    gc.collect()
    gc.freeze()
    while True:
        data, fds, _, _ = socket.recv_fds(control, 1, 1)
        if not data:
            return
        if os.fork() == 0:
            control.close()
            become(socket.socket(fileno=fds[0]), said)
        os.close(fds[0])
        reap()


def become(own, orders):
    """In the child: get ready, wait for the script, run it."""
    confine(orders)
    try:
        own.sendall(b"ready")
        code = own.recv(1 << 16)
    except OSError:  # nobody wants it any more
        os._exit(0)
    os.dup2(own.fileno(), 1)
    try:
        exec(compile(code, "<handler>", "exec"), {"__name__": "__main__"})
        sys.stdout.flush()
    finally:
        os._exit(0)


def reap():
    """Let go of children that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return
