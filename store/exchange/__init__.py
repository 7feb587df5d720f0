"""Files from elsewhere: `files` reads any of them, with what it needs from its neighbours."""
