"""What joins the canvas to the services: one module a noun, all on the Qt main thread."""
