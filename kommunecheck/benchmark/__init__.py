"""Reports held against one another: what can be read, what can be compared in fairness, and what it comes to."""
