"""Runs one script in a process of its own. `launcher.launch` is the port; a sandbox may replace what is behind."""
