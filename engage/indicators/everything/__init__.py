"""All that is public, as one file."""
