"""Jobs of the checking."""
