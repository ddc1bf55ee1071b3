"""Glyph kinds: one file each, and the registry that names them. Qt main thread."""
