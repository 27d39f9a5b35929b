"""The rules of the supervision, one module each."""

from kommunecheck.plugins.kontrolsager.rules import low_use, low_use_ahead, not_screened

RULES = (low_use, low_use_ahead, not_screened)
