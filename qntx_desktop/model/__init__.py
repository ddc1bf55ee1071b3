"""The words of the product: frozen dataclasses and pure functions, standard library only, any thread."""
