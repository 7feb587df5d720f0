"""The user's config file: read value by value, told with its line, changed without harm."""
