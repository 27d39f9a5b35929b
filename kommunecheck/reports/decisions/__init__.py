"""The directorate's decisions: a form for them, and how they stand to ours on the screen, as JSON and as Word."""
