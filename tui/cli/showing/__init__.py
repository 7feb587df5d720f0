"""What only shows: lists, one application, one employer, figures."""
