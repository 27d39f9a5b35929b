"""A sample on the screen, as JSON and as a workbook to judge it in; and what the judged sample tells."""
