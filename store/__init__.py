"""What is true, kept safe: the applications, their history, and everything that follows."""
