"""A short question after a contact, counted month by month."""
