"""Who may do what. Pure rules: no storage, no clock, no screen."""
