"""The law: its numbers as dated data, how it measures time, and the chain of deadlines and steps in a case."""
