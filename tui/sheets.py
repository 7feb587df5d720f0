"""The style sheet that every screen but the board needs: read when the first of them opens."""

from pathlib import Path

MODALS = Path(__file__).with_name("modals.tcss")
