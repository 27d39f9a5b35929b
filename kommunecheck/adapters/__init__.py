"""One module per file format. An adapter hands on rows of text and interprets nothing."""
