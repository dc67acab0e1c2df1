"""Jobs of the redaction."""
