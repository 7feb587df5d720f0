"""Use cases about what arrives: postings before anybody has answered them, mail that waits."""
