"""The rules, one module a family: each is a function from a briefing to the problems that it finds."""
