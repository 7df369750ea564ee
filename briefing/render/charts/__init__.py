"""render.charts."""
