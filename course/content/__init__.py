"""Files to objects: YAML and Markdown sources with places, the loaders, the rules. Nothing authored ever raises."""
