"""Runs one script in a process of its own. `launcher.launch` is the port; a stronger sandbox replaces what is behind."""
