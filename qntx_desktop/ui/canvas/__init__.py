"""The canvas: a document of immutable values, a scene that mirrors it, a view with gestures. Qt main thread."""
