"""Further views of checked briefings, for use without this program."""
