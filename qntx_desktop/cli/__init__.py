"""The command line: `qntx`. One process per call, main thread; sees the services and the model only."""
