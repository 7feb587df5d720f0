"""The board: lanes, cards, panel, headline."""
