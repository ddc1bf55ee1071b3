"""Runs on other machines, over a Dask cluster that the person named. Hides distributed."""
