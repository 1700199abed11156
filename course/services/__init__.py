"""Use cases by subject: check permission, load, call a pure rule, save; one transaction each."""
