"""load.yaml."""
