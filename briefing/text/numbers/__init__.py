"""Numbers in a text: how they are written, in digits and in words, and what they state."""
