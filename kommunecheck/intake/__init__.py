"""Rows become records, and records become cases. What cannot be read becomes a problem, never a guess."""
