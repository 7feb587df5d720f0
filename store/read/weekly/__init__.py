"""What belongs to no application, read: the review, goals, reminders."""
