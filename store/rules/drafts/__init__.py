"""The messages to employers: kinds, templates, slots."""
