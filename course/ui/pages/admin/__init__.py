"""Pages for those who look after the site, and the audit."""
