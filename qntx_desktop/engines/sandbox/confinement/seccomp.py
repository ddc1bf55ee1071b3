"""The filter of system calls: no sockets, no other processes, no kernel doors, no changes of modes and times. Pure.

A refusal is an error number (EPERM, which Python raises as PermissionError), never a kill. Calls that are newer
than `syscalls.LAST_REVIEWED` do not exist for a handler.

Some rules stand here because of the network broker: a socket that was handed over must not be aimed elsewhere, be
it by `connect`, by an address given to `sendto`, by TCP fast open or by a datagram pair. And no descriptor may be
put on its way through a pair of sockets: there it is in no table, where the app looks for connections to cut and
for files that were deleted. So `sendmsg` is refused; the SDK passes what it is given on to `send`.
"""

from __future__ import annotations

import errno
import functools
import os
import stat
import sys
from typing import Literal

from qntx_desktop.engines.sandbox.confinement import bpf
from qntx_desktop.engines.sandbox.confinement.bpf import Block, Program
from qntx_desktop.engines.sandbox.confinement.syscalls import AUDIT_ARCH, LAST_REVIEWED, numbers_for

_NO = bpf.refuse(errno.EPERM)
_ABSENT = bpf.refuse(errno.ENOSYS)
_NONE_HERE = bpf.refuse(errno.EOPNOTSUPP)
_QUIETLY_NOT = bpf.refuse(0)
_YES = bpf.allow()

_REFUSED_BY_KIND = """
execve execveat fork vfork

socket connect bind listen accept accept4 sendmsg sendmmsg

ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_open pidfd_getfd pidfd_send_signal
kcmp add_key request_key keyctl perf_event_open bpf userfaultfd io_uring_setup io_uring_enter io_uring_register
fanotify_init fanotify_mark inotify_init inotify_init1 inotify_add_watch name_to_handle_at open_by_handle_at
lookup_dcookie syslog lsm_set_self_attr statmount listmount tkill

mount umount2 pivot_root chroot unshare setns open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl quotactl_fd
personality iopl ioperm modify_ldt settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
vhangup uselib ustat sysfs mknod mknodat nfsservctl

setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset setpriority ioprio_set
sched_setscheduler sched_setparam sched_setattr sched_setaffinity

memfd_create memfd_secret shmget shmat shmctl shmdt msgget msgsnd msgrcv msgctl semget semop semtimedop semctl
mq_open mq_unlink migrate_pages move_pages mbind set_mempolicy_home_node remap_file_pages io_setup

chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat
setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
"""
"""By paragraph: starting programs, sockets, looking into others and the kernel, the system, who one is and how
urgent, memory that no limit counts and what the machine has only so many of, modes and owners and times (which
Landlock does not cover)."""

_NOT_SUPPORTED = "fallocate getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr"
"""Room on the disk that is taken without being written is counted for nobody; the C library writes instead.
Attributes of a file, such as where it was downloaded from, can be read of every path: Landlock does not ask."""

_LEFT_TO_THE_LAUNCHER = """
fork vfork clone pidfd_open capset prctl prlimit64 fcntl kill tgkill rt_sigqueueinfo rt_tgsigqueueinfo sendmsg
"""
Part = Literal["all", "launcher", "rest"]
_THREAD = 0x10000 | 0x400
"""Threads that share their descriptors: what another table holds, nobody finds when it has to be ended."""
_AF_UNIX, _SOCK_STREAM, _SOCK_SEQPACKET, _SOCK_TYPE_BITS = 1, 1, 5, 15
_MSG_FASTOPEN = 0x20000000
_IOCTLS = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Terminal attributes and size, bytes that wait, non-blocking, closed on exec or not."""
_FCNTLS = (8, 10, 15, 1024, 1026, 1031)
"""Signals to others (F_SETOWN, F_SETSIG, F_SETOWN_EX), leases, notices of folders, larger pipes."""
_PRCTLS = (3, 15, 16, 21, 23, 30, 39, 0x53564D41)
"""Questions, the name of a thread, the name of a mapping. Not the parent-death signal."""
_SET_ID = stat.S_ISUID | stat.S_ISGID
_SOL_SOCKET, _SO_SNDBUF, _SO_RCVBUF = 1, 7, 8
"""Memory of the kernel, which no limit of a process counts; left as it is a socket takes 0.2 MB."""


def known_machine() -> bool:
    """Whether there is a table for this machine."""
    return sys.platform == "linux" and bool(numbers_for(os.uname().machine))


@functools.cache
def program(machine: str, *, landlock_abi: int, part: Part = "all") -> Program:
    """The filter for a handler.

    Args:
        machine: As `os.uname().machine` says it.
        landlock_abi: Below 3, Landlock does not stop the shortening of files, so the filter does.
        part: `launcher`: for the warm launcher, which forks, signals its children, and leaves the rest for them to
            give up. `rest`: just that, for a child of a launcher, which has the other part already: the kernel asks
            every filter that a process has put on, and the strictest answer counts.
    """
    numbers = numbers_for(machine)
    named = named_blocks(machine, landlock_abi=landlock_abi, part=part)
    blocks = {numbers[name]: block for name, block in named.items()}
    above = LAST_REVIEWED + 1
    return bpf.assemble(AUDIT_ARCH[machine], blocks, (above, _ABSENT), foreign=_NO)


def named_blocks(machine: str, *, landlock_abi: int, part: Part) -> dict[str, Block]:
    """What happens to which call, by its name; the others are allowed."""
    named: dict[str, Block] = dict.fromkeys(_REFUSED_BY_KIND.split(), _NO) | _looked_at()
    named |= dict.fromkeys(_NOT_SUPPORTED.split(), _NONE_HERE)
    named |= _opening(shortens=landlock_abi < 3)
    if part != "all":
        left = set(_LEFT_TO_THE_LAUNCHER.split())
        named = {name: block for name, block in named.items() if (name in left) is (part == "rest")}
    return {name: block for name, block in named.items() if name in numbers_for(machine)}


def _looked_at() -> dict[str, Block]:
    """Calls whose arguments decide."""
    own_only = bpf.when_arg(0, (bpf.OWN_PID,), _YES, _NO)
    larger = bpf.when_arg(2, (_SO_SNDBUF, _SO_RCVBUF), _QUIETLY_NOT, _YES)
    pairs = bpf.when_arg(1, (_SOCK_STREAM, _SOCK_SEQPACKET), _YES, _NO, mask=_SOCK_TYPE_BITS)
    return {
        "clone": bpf.when_arg(0, (_THREAD,), _YES, _NO, mask=_THREAD),
        "clone3": _ABSENT,  # its flags lie in memory, which no filter reads; the C library then takes clone
        "socketpair": bpf.when_arg(0, (_AF_UNIX,), pairs, _NO),
        "setsockopt": bpf.when_arg(1, (_SOL_SOCKET,), larger, _YES),
        "sendto": bpf.when_any_bit(3, _MSG_FASTOPEN, _NO, bpf.when_null(4, _YES, _NO)),
        "ioctl": bpf.when_arg(1, _IOCTLS, _YES, _NO),
        "fcntl": bpf.when_arg(1, _FCNTLS, _NO, _YES),
        "prctl": bpf.when_arg(0, _PRCTLS, _YES, _NO),
        "kill": own_only,
        "tgkill": own_only,
        "rt_sigqueueinfo": own_only,
        "rt_tgsigqueueinfo": own_only,
        "prlimit64": bpf.when_arg(0, (0, bpf.OWN_PID), _YES, _NO),
    }


def _opening(*, shortens: bool) -> dict[str, Block]:
    """No file is made that runs in the name of its owner, whoever starts it.

    Args:
        shortens: Before its third version Landlock lets whoever may read a file also empty it with O_TRUNC.
    """

    def checked(flags: int) -> Block:
        bits = os.O_TRUNC | os.O_ACCMODE
        rest = bpf.when_arg(flags, (os.O_TRUNC | os.O_RDONLY,), _NO, _YES, mask=bits) if shortens else _YES
        return bpf.when_any_bit(flags + 1, _SET_ID, _NO, rest)

    found = {"open": checked(1), "openat": checked(2), "openat2": _ABSENT}
    found["creat"] = bpf.when_any_bit(1, _SET_ID, _NO, _YES)
    return found | {"truncate": _NO} if shortens else found
