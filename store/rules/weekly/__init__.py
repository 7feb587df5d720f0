"""Weeks, and what belongs to no application: the review, goals, reminders."""
