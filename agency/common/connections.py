"""Long-lived processes and their database connections."""

from django.db import close_old_connections, connection


def renew():
    """Drop a connection that broke or grew old; the next query opens another (B1)."""
    if not connection.in_atomic_block:
        close_old_connections()
