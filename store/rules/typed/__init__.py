"""What people type: days, times, interviews, points, debriefs."""
