"""The Plugins window: programs of their own that do jobs."""
