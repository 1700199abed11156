"""Where the course keeps what people did: SQLite or PostgreSQL behind stores and units of work. The only SQLAlchemy."""
