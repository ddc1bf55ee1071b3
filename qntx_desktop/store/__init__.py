"""The store: one SQLite file, its writer thread and every statement that is run on it."""
