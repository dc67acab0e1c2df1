"""Who has not replied yet, beside the census, and where to go next."""
