"""The canvas as a tree."""
