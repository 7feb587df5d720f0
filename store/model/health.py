"""What the doctor found."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Something that is not as it should be.

    `code` names it for scripts. The `sentence` says what is the matter and what to do; it holds
    nothing that people typed, and no path. `serious` is False for what only limits the program.
    `fixed_by` names what mends it: "permissions" or "plan"; "" for what a person has to do.
    """

    code: str
    sentence: str
    serious: bool = True
    fixed_by: str = ""
