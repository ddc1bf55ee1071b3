"""What stands between a fresh clone and a running QNTX Desktop. Standard library only, nothing of the app."""
