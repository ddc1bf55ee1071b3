"""Repositories with a history, made by C git from a stream or by commands, without anybody's configuration."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ada Lovelace",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Bob",
    "GIT_COMMITTER_EMAIL": "bob@example.com",
    "GIT_AUTHOR_DATE": "1700000000 +0200",
    "GIT_COMMITTER_DATE": "1700000100 +0000",
    "PATH": os.environ.get("PATH", os.defpath),
}


def git(*words: str, at: Path, feed: bytes | None = None, **more: str) -> str:
    """Run C git; returns what it prints."""
    done = subprocess.run(
        ["git", *words], cwd=at, env={**ENVIRONMENT, **more}, input=feed, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def made(path: Path, *, bare: bool = False) -> Path:
    """An empty repository."""
    path.mkdir(parents=True)
    git("init", "-q", *(["--bare"] if bare else []), "-b", "main", at=path)
    return path


def commit(path: Path, files: dict[str, bytes], message: str = "m", at_s: int = 1_700_000_100) -> str:
    """Write files and commit them."""
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        git("add", "-A", at=path)
    git("commit", "-q", "--allow-empty", "-m", message, at=path, GIT_COMMITTER_DATE=f"{at_s} +0000")
    return git("rev-parse", "HEAD", at=path)


def raw_commit(path: Path, raw: bytes, branch: str) -> str:
    """A commit exactly as told, however wrong; `TREE` stands for the empty tree."""
    tree = git("hash-object", "-w", "-t", "tree", "--stdin", at=path, feed=b"")
    words = ["hash-object", "-w", "-t", "commit", "--literally", "--stdin"]
    sha = git(*words, at=path, feed=raw.replace(b"TREE", tree.encode()))
    (path / ".git" / "refs" / "heads" / branch).write_text(f"{sha}\n")
    return sha


def long_history(path: Path, commits: int, first: int = 0) -> None:
    """A line of so many commits, each with a file that changes, in one stream."""
    lines = []
    for number in range(first, first + commits):
        text = f"Change number {number}\n\nIt says more about it.\n"
        content = f"line {number}\n" * 20
        lines.append(
            f"commit refs/heads/main\ncommitter Bob <bob@example.com> {1_600_000_000 + number * 60} +0100\n"
            f"data {len(text)}\n{text}\n"
            + ("from refs/heads/main^0\n" if number == first and first else "")
            + f"M 100644 inline src/file{number % 50}.txt\ndata {len(content)}\n{content}\n"
        )
    git("fast-import", "--quiet", at=path, feed="".join(lines).encode())
