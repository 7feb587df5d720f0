"""`rounds notify`: a notice on the desktop for what is due, each once."""

from typing import TYPE_CHECKING

from store.export.notice import Notification, keep_told, read_notice, read_told
from store.export.settings import NotifyChoice, read_notify_choice
from store.rules.dates import clock_time
from tui.cli.call import Call

if TYPE_CHECKING:
    from argparse import ArgumentParser


def notify_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="print what would be told; nothing is shown, and nothing counts as told",
    )


def notify(call: Call) -> int:
    """Show a notice for what is due and was not told yet; nothing in the quiet hours."""
    choice, now = read_notify_choice(), call.now
    call.tell_mistakes(choice.mistakes)
    told = read_told(call.path)
    with call.glance() as glance:
        notice = read_notice(glance, now, told) if glance is not None else _NOTHING
    quiet = choice.is_quiet(now.time())
    shown = bool(notice.lines) and not quiet and not call.words.dry_run
    if shown:
        _show(call, notice, told)
    if call.wants_json:
        shape = {
            "shown": shown,
            "quiet": quiet,
            "title": notice.title or None,
            "lines": [*notice.lines],
            "follow_ups": [*notice.follow_ups],
            "interviews": [*notice.interviews],
            "reminders": [*notice.reminders],
        }
        call.out.json("notice", shape)
    elif call.words.dry_run and notice.lines:
        call.out.line(notice.title)
        for line in notice.lines:
            call.out.line(line)
    if quiet:
        call.out.chat(f"Quiet until {_quiet_until(choice)}: nothing is shown.")
    elif not notice.lines:
        call.out.chat("Nothing is due that was not told already.")
    return 0


_NOTHING = Notification("", (), (), (), {})


def _show(call: Call, notice: Notification, told: dict[str, str]) -> None:
    """Show it once: it counts as told before it is shown, and no longer where that fails.

    A folder that cannot be written to is told so, rather than the same notice again and again.
    """
    from tui.cli.leaving.desktop import show_notice

    keep_told(call.path, notice.told)
    try:
        show_notice(notice.title, notice.body, call.environ)
    except BaseException:
        keep_told(call.path, told)
        raise


def _quiet_until(choice: NotifyChoice) -> str:
    return clock_time(choice.quiet_to) if choice.quiet_to is not None else ""
