"""text.numbers."""
