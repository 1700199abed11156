"""What must stay fast, each with the limit it may not pass. `make bench` runs them all."""
