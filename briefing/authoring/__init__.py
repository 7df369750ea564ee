"""What authors use and no build needs: reading documents, drafts, imports, changes to
YAML files, new versions of a source."""
