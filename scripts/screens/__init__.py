"""Pictures of the pages, for docs/screens."""
