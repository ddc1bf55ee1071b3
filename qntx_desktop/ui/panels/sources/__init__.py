"""The Sources window: code sources, their files, their syncs and what waits for review."""
