"""Numbers in a text: in digits and in words, with their units, and which of them say something."""
