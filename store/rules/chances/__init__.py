"""What the board tells of your chances, and the published figures."""
