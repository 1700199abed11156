"""Is ketamine addictive? A course in a browser: content, questions, learning rules, storage and pages."""
