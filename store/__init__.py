"""What is true, kept safe: the applications, their history, and everything that follows."""

OF_ROUNDS = True
"""By this a program that finds another “store” in the place of this one can tell."""
