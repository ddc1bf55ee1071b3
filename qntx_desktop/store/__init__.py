"""The store: one SQLite file, its writer and every statement that is run on it."""
