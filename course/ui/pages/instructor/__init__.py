"""Pages for those who teach: cohorts and who is in them."""
