"""Windows of their own, never modal, never executed: they are shown and live until they are closed."""
