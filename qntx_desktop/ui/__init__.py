"""The window: everything a person sees and touches. Qt main thread; no SQLite, network or files here."""
