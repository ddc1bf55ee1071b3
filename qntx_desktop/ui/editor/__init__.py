"""Editing Python code and commands: the one live editor that floats over a glyph, and its parts."""
