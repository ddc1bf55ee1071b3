"""Panels at the side of the canvas."""
