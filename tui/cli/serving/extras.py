"""What is installed only where somebody asked for it, and how it is missed."""

from importlib.util import find_spec

from store.rules.text import Refused


def need_extra(extra: str, module: str) -> None:
    """Refused, saying what to install, unless the package `module` of an extra is there."""
    if find_spec(module) is None:
        raise Refused(
            f"“rounds {extra}” needs the extra “{extra}”, which is not installed. In the folder of "
            f"rounds, type: pipx install --force '.[{extra}]'"
        )
