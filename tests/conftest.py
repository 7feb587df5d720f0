"""What all tests share."""

import os
import sys

import pytest

# The streams of the programs that are started here are buffered as a user's are.
os.environ.pop("PYTHONUNBUFFERED", None)


@pytest.fixture(scope="session", autouse=True)
def _nothing_remembered() -> None:
    """Begin without what was read and kept before: by another run in the same process, say."""
    for name, module in list(sys.modules.items()):
        if name.startswith("store."):
            for value in list(vars(module).values()):
                if forget := getattr(value, "cache_clear", None):
                    forget()
