"""The reconciliation on the screen, as JSON, and as the Excel sheet a revisor goes through."""
