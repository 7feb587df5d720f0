"""Boards in a PostgreSQL database: what only that engine knows."""
