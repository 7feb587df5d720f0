"""What belongs to no application: goals, reminders, the week in one page."""
