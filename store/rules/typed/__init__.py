"""What people type: days, times, appointments, points, debriefs."""
