"""Reading Danish journal notes as evidence for the steps at an interview."""
