"""From night to night: what was accepted, what was known, what is new, and what must not pass in silence."""
