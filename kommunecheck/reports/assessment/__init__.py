"""What a person is to judge, as a workbook to fill in; and what came of it on the screen."""
