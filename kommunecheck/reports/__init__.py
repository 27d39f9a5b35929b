"""One module per format: a report in, bytes out."""
