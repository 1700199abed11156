"""Stores: rows in, records out, one file a subject. Each works on the connection of the transaction it was made for."""
