"""Packages for handlers: which exactly (a lock), and where they lie (an environment). Hides uv."""
