"""The morning as the screen shows it: the page of today, read line by line."""

from tests.hunts.hunt_hands import Hands


async def screen_morning(hands: Hands) -> list[str]:
    """What `t` shows now, written as the hunts write it."""
    raise NotImplementedError
