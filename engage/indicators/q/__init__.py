"""Indicator q: from answers to what is published, and the pages that read it."""
