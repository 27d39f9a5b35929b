"""The plugin host. What kommunecheck can do itself is offered through the same hooks as anybody's plugin."""
