"""Pages for those who look after a cohort: what the answers say about people together, and about questions."""
