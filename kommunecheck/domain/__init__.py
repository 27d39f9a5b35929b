"""The words of the field: days and periods, the rows of a case, rules, findings, and the report.

Values only. Nothing here reads a file, knows a clock or decides anything.
"""
