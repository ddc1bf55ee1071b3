"""The room of git: the only one that knows dulwich, and that in a process of its own."""
