"""Alembic's way in: runs the migrations on the connection, and in the transaction, of the caller.

`store.file.database` puts the connection into the configuration; there is no other way to run this.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
