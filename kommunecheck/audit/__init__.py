"""The revisor's tools: what was claimed held against what may be claimed, and the drawing of cases."""
