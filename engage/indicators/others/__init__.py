"""What others measured, and what the population is like: files in, pages out."""
