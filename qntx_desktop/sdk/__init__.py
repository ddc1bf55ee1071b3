"""What a handler imports as `qntx`, and what starts its process: standard library only, no knowledge of the app.

Nothing here is imported by the app. The launcher starts `boot.py` with another interpreter process, `-I -S -B`;
the checker starts `check.py` likewise. Both have to start fast: no argparse, dataclasses, inspect or typing.
"""
