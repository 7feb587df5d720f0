"""What one key costs: the cursor, a mark, moving a card, closing fifty, the filter, the list."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import cycle

from boards import stored
from goals import (
    CLOSE_MANY_MS,
    CURSOR_MS,
    CURSOR_RATIO,
    DURABLE_MS,
    FILTER_MS,
    MOVE_MS,
    MOVE_RATIO,
    SORT_MS,
    timing,
)
from measures import Row, sample
from peers import Keys
from programs import CURSOR_DOWN, CURSOR_UP, SMALLEST, Program
from room import LARGEST, Room
from session import Disk, Press, Session, Stroke, Taken, Walk, take_turns

from store.rules.stages import Stage

_FURTHEST = 25
"""Cards that the cursor goes down before it goes up again."""
_WORDS = ("kestrel", "senior data", "lumen bank", "quarry", "python")
_TERMS = ("stage:second salary>80k", "-tag:remote due<7d", "source:linkedin applied>2025-06")
"""Queries by field: nearly every card is asked at every key."""
_LIST = b"|"
"""Shows all cards as one list, and the columns again: that is remembered with the board."""
_NEXT_COLUMN, _TURN = b"\x1b[C", b"S"
_BACKSPACE, _ENTER = b"\x7f", b"\r"
_MARK, _RANGE, _FIRST, _UNFOLD, _CLOSE = b" ", b"V", b"g", b"-", b"x"
_MANY = 50
_ON_DISK = "… on the disk"


def cursor(room: Room) -> list[Row]:
    """The cursor key, with the panel that follows it."""

    def strokes(program: Program) -> Iterator[Stroke]:
        assert program.board is not None
        lane = len(stored(program.board).lanes[Stage.APPLIED])
        return _down_and_up(CURSOR_DOWN, CURSOR_UP, lane)

    taken = _with_smallest(room, room.all_rounds(), strokes)
    rows = _rows("cursor key", taken, CURSOR_RATIO, CURSOR_MS)
    return rows + _peer_rows(room, "cursor key", lambda keys: _down_and_up(keys.down, keys.up, 26))


def _down_and_up(down: bytes, up: bytes, lane: int) -> Iterator[Stroke]:
    steps = max(1, min(_FURTHEST, lane - 1))
    return cycle([Stroke(down)] * steps + [Stroke(up)] * steps)


def marks(room: Room) -> list[Row]:
    """A mark, which goes on to the next card; and fifty marked cards closed in one step."""

    def strokes(program: Program) -> Iterator[Stroke]:
        assert program.board is not None
        steps = min(_FURTHEST, len(stored(program.board).lanes[Stage.APPLIED]))
        return cycle([*[Stroke(_MARK)] * steps, Stroke(_FIRST, counts=False)])

    taken = _with_smallest(room, room.all_rounds(), strokes)
    return [*_rows("mark", taken, CURSOR_RATIO, CURSOR_MS), *_close_many(room)]


def _close_many(room: Room) -> Iterator[Row]:
    """From Enter in the question to the disk, and to the picture."""
    program = room.rounds(LARGEST)
    assert program.board is not None
    presses = []
    with Session(program) as session, closing(Disk(program.board)) as disk:
        session.begin()
        session.tap(_UNFOLD)
        for _ in range(room.effort.starts):
            before = len(stored(program.board).lanes[Stage.APPLIED])
            session.tap(_FIRST + _RANGE + CURSOR_DOWN * (_MANY - 1))
            session.tap(_CLOSE)
            presses.append(session.press(_ENTER, disk))
            closed = before - len(stored(program.board).lanes[Stage.APPLIED])
            if closed != _MANY:
                room.say(f"{closed} cards were closed, not {_MANY}")
        session.terminal.leave(program.leave)
    figure, note = f"{_MANY} cards closed", _note(Taken(presses, 0))
    shown = sample(press.settled for press in presses)
    yield timing(figure, program.label, shown, p95=CLOSE_MANY_MS, note=note)
    durable = sample(press.durable for press in presses)
    yield timing(_ON_DISK, program.label, durable, p95=CLOSE_MANY_MS)


def move(room: Room) -> list[Row]:
    """A card to the next stage and back again, then the next card."""
    there_and_on = (Stroke(b"L"), Stroke(b"H"), Stroke(CURSOR_DOWN, counts=False))
    taken = _with_smallest(room, room.all_rounds(), lambda _: cycle(there_and_on), on_disk=True)
    rows = _rows("move card", taken, MOVE_RATIO, MOVE_MS)
    for label, found in taken.items():
        if label != SMALLEST.label:
            rows.append(_durable(label, found.presses))
    rows.append(_first_move(room))
    return rows + _peer_rows(room, "move card", lambda keys: cycle(map(Stroke, keys.move)))


def _durable(label: str, presses: Sequence[Press]) -> Row:
    times = sample(press.durable for press in presses)
    note = ""
    if times is not None:
        never = len(presses) - len(times.values)
        note = f"slowest {max(times.values):,.0f} ms" + (f", {never} never" if never else "")
    return timing(_ON_DISK, label, times, p95=DURABLE_MS, note=note)


def _first_move(room: Room) -> Row:
    """The first key after the start, which may have to wait for what only writing needs."""
    program = room.rounds(LARGEST)
    assert program.board is not None
    presses = []
    for _ in range(room.effort.starts):
        with Session(program) as session, closing(Disk(program.board)) as disk:
            session.begin()
            presses.append(session.press(b"L", disk))
            session.terminal.leave(program.leave)
    times = sample(press.durable for press in presses)
    return timing(_ON_DISK, f"{program.label}, first key", times, note=_note(Taken(presses, 0)))


def filter_letters(room: Room) -> list[Row]:
    """Letters and backspaces in the filter on the largest board: words, and fields."""
    rows = []
    for figure, queries in (("filter letter", _WORDS), ("filter by field", _TERMS)):
        letters = [
            Stroke(key)
            for query in queries
            for key in (*(letter.encode() for letter in query), *[_BACKSPACE] * len(query))
        ]
        with Session(room.rounds(LARGEST)) as session:
            session.begin()
            session.tap(b"/")
            presses = max(room.effort.presses, len(letters))
            taken = take_turns([Walk(session, cycle(letters))], presses)
        label = session.program.label
        times, note = taken[label].settled, _note(taken[label])
        rows.append(timing(figure, label, times, p95=FILTER_MS, note=note))
    return rows


def list_view(room: Room) -> list[Row]:
    """The cursor in the list of all cards, and sorting it by each column, both ways."""
    taken = _with_smallest(
        room,
        room.all_rounds(),
        lambda program: _down_and_up(CURSOR_DOWN, CURSOR_UP, program.size or 2),
        around=_LIST,
    )
    rows = _rows("cursor key in the list", taken, CURSOR_RATIO, CURSOR_MS)
    with Session(room.rounds(LARGEST)) as session:
        session.begin()
        session.tap(_LIST)
        keys = cycle([Stroke(_NEXT_COLUMN), Stroke(_TURN)])
        found = take_turns([Walk(session, keys)], room.effort.presses)[session.program.label]
        session.tap(_LIST)
    label = session.program.label
    rows.append(timing("sort the list", label, found.settled, p95=SORT_MS, note=_note(found)))
    return rows


def _with_smallest(
    room: Room,
    programs: Sequence[Program],
    strokes: Callable[[Program], Iterator[Stroke]],
    *,
    on_disk: bool = False,
    around: bytes = b"",
) -> dict[str, Taken]:
    """Keys by turns in the smallest program and in `programs`, all running side by side.

    `around` is pressed in these before and after, and the cursor begins at the first card then.
    """
    with ExitStack() as stack:
        smallest = stack.enter_context(Session(SMALLEST))
        smallest.begin()
        walks = [Walk(smallest, cycle([Stroke(b" ")]))]
        for program in programs:
            session = stack.enter_context(Session(program))
            if not session.begin():
                room.say(f"{program.label} did not start: left out")
                continue
            if around:
                session.tap(around)
                session.tap(_FIRST)
            disk = None
            if on_disk and program.board is not None:
                disk = stack.enter_context(closing(Disk(program.board)))
            walks.append(Walk(session, strokes(program), disk))
        taken = take_turns(walks, room.effort.presses)
        for walk in walks[1:] if around else ():
            walk.session.tap(around)
        return taken


def _peer_rows(room: Room, figure: str, strokes: Callable[[Keys], Iterator[Stroke]]) -> list[Row]:
    """The same in the peers, one size after the other."""
    rows: list[Row] = []
    for size in room.effort.sizes:
        for program, keys in room.peers(size):
            with Session(SMALLEST) as smallest, Session(program) as session:
                smallest.begin()
                if not session.begin():
                    rows.append(Row(figure, program.label, "none", note="did not start"))
                    room.give_up(program)
                    continue
                for key in keys.before:
                    session.press(key)
                walks = [Walk(smallest, cycle([Stroke(b" ")])), Walk(session, strokes(keys))]
                taken = take_turns(walks, room.effort.presses)
            how = keys.how if figure == "move card" else ""
            rows += _rows(figure, taken, how=how)[1:]
    return rows


def _rows(
    figure: str,
    taken: dict[str, Taken],
    ratio: float | None = None,
    p95: float | None = None,
    how: str = "",
) -> list[Row]:
    """A row for each program, the smallest one first."""
    base = taken[SMALLEST.label].settled
    rows = []
    for label, found in taken.items():
        goal = (None, None) if label == SMALLEST.label else (ratio, p95)
        note = ", ".join(filter(None, (_note(found), how)))
        times = found.settled
        rows.append(timing(figure, label, times, base=base, ratio=goal[0], p95=goal[1], note=note))
    return rows


def _note(taken: Taken) -> str:
    """When the first change was seen, how much was printed, and what went wrong."""
    presses = taken.presses
    changed = sample(press.changed for press in presses)
    if changed is None:
        return "no key changed anything"
    printed = sorted(press.printed for press in presses)[len(presses) // 2]
    words = [
        f"first change {changed.median:,.1f} ms",
        f"{printed / 1_000:,.1f} KB",
        f"{len(presses)} keys",
    ]
    if lost := sum(press.changed is None for press in presses):
        words.append(f"{lost} without effect")
    if taken.late:
        words.append(f"{taken.late} late or unasked")
    return ", ".join(words)
