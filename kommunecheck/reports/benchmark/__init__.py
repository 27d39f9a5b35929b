"""The benchmark on the screen, as a page, as a workbook and as JSON: the same figures in the same words."""
