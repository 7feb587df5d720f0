"""The language of queries: read, tested, and helped with while it is typed."""
