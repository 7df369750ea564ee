"""What hostile input may cost: every regular expression, every reader and every file format, tried with its worst."""
