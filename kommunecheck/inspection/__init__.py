"""Looking at files before they are read in earnest: what they seem to hold, and how to have them read."""
