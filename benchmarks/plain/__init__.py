"""Plain versions of what the course does faster: what somebody would write first, and just as right."""
