"""check.rules."""
