"""Migrations, numbered; `storage.schema` runs them."""
