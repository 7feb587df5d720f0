"""The one error of the rules."""


class Refused(ValueError):
    """A wish that cannot be granted, told as a sentence for the person who made it.

    The text says what is wrong and what to do instead; it never holds a control character.
    """
