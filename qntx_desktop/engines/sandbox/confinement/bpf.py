"""A small assembler for seccomp filters: classic BPF, nothing but what a filter needs. Pure.

A filter is a tree over the numbers of the system calls, so that any call is decided within about ten steps. Each
leaf is a block: a few instructions that look at arguments, every path of which returns.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_LOAD, _AND, _RETURN, _JUMP = 0x20, 0x54, 0x06, 0x05
_EQUAL, _AT_LEAST, _ANY_BIT = 0x15, 0x35, 0x45
_NUMBER_OFFSET, _ARCH_OFFSET, _ARGS_OFFSET = 0, 4, 16
OWN_PID = -1
"""Stands for the process's own number, which only the process itself knows; see `Program.pid_offsets`."""

Instruction = tuple[int, int, int, int]
Block = tuple[Instruction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """An assembled filter.

    Args:
        code: What the kernel takes: 8 bytes an instruction.
        pid_offsets: Where, in bytes, the own process number (4 bytes) has to be filled in.
    """

    code: bytes
    pid_offsets: tuple[int, ...]


def refuse(number: int) -> Block:
    """The call fails with this error number."""
    return ((_RETURN, 0, 0, _ERRNO | number),)


def allow() -> Block:
    """The call is made."""
    return ((_RETURN, 0, 0, ALLOW),)


def when_arg(index: int, values: Sequence[int], then: Block, otherwise: Block, *, mask: int | None = None) -> Block:
    """`then` if the lower half of an argument, masked, is one of `values`; the kernel too sees that half only."""
    head: list[Instruction] = [(_LOAD, 0, 0, _ARGS_OFFSET + 8 * index)]
    if mask is not None:
        head.append((_AND, 0, 0, mask))
    for left, value in zip(range(len(values) - 1, -1, -1), values, strict=True):
        head.append((_EQUAL, left + len(otherwise), 0, value))
    return (*head, *otherwise, *then)


def when_any_bit(index: int, bits: int, then: Block, otherwise: Block) -> Block:
    """`then` if the lower half of an argument has any of `bits`."""
    head = ((_LOAD, 0, 0, _ARGS_OFFSET + 8 * index), (_ANY_BIT, len(otherwise), 0, bits))
    return (*head, *otherwise, *then)


def when_null(index: int, then: Block, otherwise: Block) -> Block:
    """`then` if both halves of an argument are zero."""
    low = _ARGS_OFFSET + 8 * index
    head = (
        (_LOAD, 0, 0, low),
        (_EQUAL, 0, 2, 0),
        (_LOAD, 0, 0, low + 4),
        (_EQUAL, len(otherwise), 0, 0),
    )
    return (*head, *otherwise, *then)


def assemble(arch: int, blocks: Mapping[int, Block], above: tuple[int, Block], foreign: Block) -> Program:
    """Put a filter together.

    Args:
        arch: The machine the numbers are for.
        blocks: What becomes of a call, by its number; a call that is not named is allowed.
        above: The first number of a range without end, and what becomes of its calls.
        foreign: What becomes of calls made for another machine (32-bit code on a 64-bit kernel).
    """
    borders: dict[int, Block] = {0: allow()}
    for number, block in sorted(blocks.items()):
        borders[number] = block
        borders.setdefault(number + 1, allow())
    borders[above[0]] = above[1]
    tree = _tree([(start, borders[start]) for start in sorted(borders) if start <= above[0]])
    head = [(_LOAD, 0, 0, _ARCH_OFFSET), (_EQUAL, len(foreign), 0, arch), *foreign, (_LOAD, 0, 0, _NUMBER_OFFSET)]
    return _program([*head, *tree])


def _tree(ranges: list[tuple[int, Block]]) -> list[Instruction]:
    """Decide between neighbouring ranges by halves; neighbours that do the same are one."""
    merged = [each for at, each in enumerate(ranges) if at == 0 or ranges[at - 1][1] != each[1]]
    if len(merged) == 1:
        return list(merged[0][1])
    middle = len(merged) // 2
    lower, upper = _tree(merged[:middle]), _tree(merged[middle:])
    # A conditional jump reaches 255 instructions; the unconditional one that it skips reaches all.
    return [(_AT_LEAST, 0, 1, merged[middle][0]), (_JUMP, 0, 0, len(lower)), *lower, *upper]


def _program(instructions: Sequence[Instruction]) -> Program:
    offsets = tuple(8 * at + 4 for at, each in enumerate(instructions) if each[3] == OWN_PID)
    code = b"".join(struct.pack("=HBBI", op, yes, no, max(k, 0)) for op, yes, no, k in instructions)
    return Program(code=code, pid_offsets=offsets)
