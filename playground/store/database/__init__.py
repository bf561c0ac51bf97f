"""The rooms in a database: SQLite or PostgreSQL, through SQLAlchemy."""
