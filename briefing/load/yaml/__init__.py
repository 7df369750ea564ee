"""YAML with places: events become a tree, scalars know every character, and errors say what to write instead."""
