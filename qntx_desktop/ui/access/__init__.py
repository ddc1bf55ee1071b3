"""What the canvas is for those who hear it, feel it, or steer it by keys alone."""
