"""Measurements of the app against something plain on the same machine in the same run. Never collected by pytest.

Run with `.venv/bin/python -m tests.benchmarks [NAME...]`; docs/benchmarks.md says what the figures mean.
"""
