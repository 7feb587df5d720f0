"""What follows for one application: pure, over its dossier."""
