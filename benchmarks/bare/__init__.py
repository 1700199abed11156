"""A page with one button behind the course's own middleware and config.toml: what our pages are compared with."""
