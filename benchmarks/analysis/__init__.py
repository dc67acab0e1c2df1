"""How good the analysis is, and how fast."""
