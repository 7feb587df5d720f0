"""The frozen values that are shown; no SQL."""
