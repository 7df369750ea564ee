"""What authors use and no build needs: first drafts, edits of files, imports, changed sources, and link checks."""
