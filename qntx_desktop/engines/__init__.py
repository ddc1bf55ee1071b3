"""The cellar with everything that runs or reads strangers' code; each room hides one mechanism behind one port."""
