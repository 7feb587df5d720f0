"""Which follow-ups an application needs, from its facts alone."""
