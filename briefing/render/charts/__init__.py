"""Charts as inline SVG: bars and lines over time, scales, a timeline, and how commenters stand."""
