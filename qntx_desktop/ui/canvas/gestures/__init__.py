"""What hands do on the canvas: one class per gesture. Qt main thread."""
