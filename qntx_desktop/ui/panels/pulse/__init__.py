"""The Pulse panel: what ran, what runs, what is due; one part a module. It calls no service."""
