"""Wiring: one container builds the services; paths, logs, the Qt bus and the pool."""
