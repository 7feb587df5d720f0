"""The board as a server of the Model Context Protocol: resources, and tools that read or propose.

Loads the package `mcp`, which comes with the extra of that name: only the command imports it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from store.errors import NotFound, StoreError
from store.rules.text import Refused
from tui import VERSION
from tui.assistants import proposing, reading
from tui.assistants.marks import Shape
from tui.cli.call import Call
from tui.cli.run import explain_crash
from tui.cli.words import DAYS_AT_MOST, Usage

Application = Annotated[int, Field(ge=1, description="ID of the application, such as 3")]
FollowUp = Annotated[str, Field(description="number of the follow-up, such as f12")]
Day = Annotated[
    str, Field(description="a day: “yesterday”, “fri”, “3 dec”, “2026-12-03”; empty for today")
]
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_PROPOSES = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
)
_JSON = "application/json"
INSTRUCTIONS = Path(__file__).with_name("instructions.txt")


class _Turns:
    """Lets one thing after the other be done with the board: tools are called in threads."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._lock = Lock()

    def read(self, ask: Callable[[Call], Shape]) -> Shape:
        """What `ask` finds; ToolError, with its sentence, for what cannot be done."""
        with self._lock, _tell_as_tool_error():
            return ask(self._call)

    def load(self, ask: Callable[[Call], Shape]) -> Shape:
        """As `read`, for a resource."""
        with self._lock, _tell_as_tool_error():
            try:
                return ask(self._call)
            except NotFound as missing:
                raise ResourceNotFoundError(str(missing)) from None

    def write(self, context: Context[Any], act: Callable[[Call], Shape]) -> Shape:
        """What became of `act`, done in the name of the client; ToolError as for `read`."""
        with self._lock, _tell_as_tool_error():
            self._call.made_by = proposing.signature(_client_name(context))
            return act(self._call)


@contextmanager
def _tell_as_tool_error() -> Iterator[None]:
    """What goes wrong is told as a sentence; of what nobody foresaw only the kind and the place."""
    try:
        yield
    except ResourceNotFoundError:
        raise
    except (Usage, Refused, StoreError) as error:
        raise ToolError(str(error)) from None
    except Exception as error:
        raise ToolError(explain_crash(error)) from None


def _client_name(context: Context[Any]) -> str:
    """The name that the client gives itself; "" where it gives none."""
    told = context.session.client_params
    return told.client_info.name if told is not None else ""


def make_server(call: Call, *, read_only: bool = False) -> MCPServer[Any]:
    """The server for the board of `call`; with `read_only` it has no tool that changes it."""
    server = MCPServer(
        "rounds", version=VERSION, instructions=INSTRUCTIONS.read_text(encoding="utf-8")
    )
    turns = _Turns(call)
    _offer_resources(server, turns)
    _offer_reading(server, turns)
    if not read_only:
        _offer_proposing(server, turns)
    return server


def _offer_resources(server: MCPServer[Any], turns: _Turns) -> None:
    @server.resource("rounds://board", title="The board", mime_type=_JSON)
    def board() -> Shape:
        """The open applications, stage by stage, the most urgent first."""
        return turns.load(reading.read_board)

    @server.resource("rounds://due", title="Due", mime_type=_JSON)
    def due() -> Shape:
        """What is late and what is due today, for which application, and why."""
        return turns.load(reading.read_due)

    @server.resource("rounds://application/{id}", title="An application", mime_type=_JSON)
    def application(id: int) -> Shape:
        """Everything about one application."""
        return turns.load(lambda call: reading.read_application(call, id))


def _offer_reading(server: MCPServer[Any], turns: _Turns) -> None:
    @server.tool(title="Due", annotations=_READS)
    def list_due(
        days: Annotated[
            int, Field(ge=0, le=DAYS_AT_MOST, description="also what is due in so many days")
        ] = 0,
    ) -> Shape:
        """List what is late and what is due today, for which application, and why."""
        return turns.read(lambda call: reading.read_due(call, days))

    @server.tool(title="List applications", annotations=_READS)
    def list_applications(
        search: Annotated[
            str,
            Field(
                description="words, #tag, and fields: “remote stage:second due<7d”; empty for all"
            ),
        ] = "",
        closed: Annotated[bool, Field(description="also those that are closed")] = False,
        limit: Annotated[int, Field(ge=1, le=reading.CARDS_AT_MOST)] = 50,
    ) -> Shape:
        """List applications: where each stands and what comes next."""
        return turns.read(
            lambda call: reading.find_applications(call, search, limit, closed=closed)
        )

    @server.tool(title="Show an application", annotations=_READS)
    def show_application(application: Application) -> Shape:
        """Show everything about one application: posting, interviews, people, notes, messages."""
        return turns.read(lambda call: reading.read_application(call, application))

    @server.tool(title="List saved postings", annotations=_READS)
    def list_postings() -> Shape:
        """List the postings on the shelf, to which the user has not applied."""
        return turns.read(reading.read_postings)

    @server.tool(title="List unconfirmed mail", annotations=_READS)
    def list_mail() -> Shape:
        """List the messages that the user has not confirmed, and what each seems to be."""
        return turns.read(reading.read_mail)

    @server.tool(title="Read a draft", annotations=_READS)
    def read_message(follow_up: FollowUp) -> Shape:
        """Read the message that a follow-up asks for: the kept draft, or else the template."""
        return turns.read(lambda call: reading.read_message(call, follow_up))


def _offer_proposing(server: MCPServer[Any], turns: _Turns) -> None:
    @server.tool(title="Add an application", annotations=_PROPOSES)
    def add_application(
        context: Context[Any],
        company: str,
        role: str,
        applied_on: Day = "",
        stage: Literal["applied", "first", "second", "offer"] = "applied",
        location: str = "",
        url: Annotated[str, Field(description="link of the posting")] = "",
        source: Annotated[str, Field(description="where it was found")] = "",
        salary: str = "",
        tags: list[str] = [],  # noqa: B006  # it is never changed, and a schema has it so
        posting_text: str = "",
        note: str = "",
    ) -> Shape:
        """Add an application. One whose link is on the board already is refused."""
        return turns.write(
            context,
            lambda call: proposing.add_application(
                call,
                company,
                role,
                applied_on=applied_on,
                stage=stage,
                location=location,
                url=url,
                source=source,
                salary=salary,
                tags=tags,
                posting_text=posting_text,
                note=note,
            ),
        )

    @server.tool(title="Add a note", annotations=_PROPOSES)
    def add_note(context: Context[Any], application: Application, text: str) -> Shape:
        """Add a note to an application."""
        return turns.write(context, lambda call: proposing.add_note(call, application, text))

    @server.tool(title="Record a reply", annotations=_PROPOSES)
    def record_reply(
        context: Context[Any],
        application: Application,
        on: Day = "",
        decides_by: Annotated[
            str, Field(description="the day they named for their decision: “3 dec”, “next week”")
        ] = "",
        text: Annotated[str, Field(description="what they wrote")] = "",
        automatic: Annotated[bool, Field(description="an automatic reply")] = False,
    ) -> Shape:
        """Record that the employer wrote, and by when they decide if they said so."""
        return turns.write(
            context,
            lambda call: proposing.record_reply(
                call, application, on=on, decides_by=decides_by, text=text, automatic=automatic
            ),
        )

    @server.tool(title="Add an interview", annotations=_PROPOSES)
    def add_interview(
        context: Context[Any],
        application: Application,
        when: Annotated[
            str,
            Field(
                description="one line: “tue 10:00 45m panel with Ana and Bo at Room 4”, “3 dec 9am "
                "America/New_York video”; “invited” while no time is agreed"
            ),
        ],
    ) -> Shape:
        """Add an interview that was agreed, or an invitation."""
        return turns.write(context, lambda call: proposing.add_interview(call, application, when))

    @server.tool(title="Write a draft", annotations=_PROPOSES)
    def write_draft(
        context: Context[Any],
        follow_up: FollowUp,
        text: Annotated[
            str, Field(description="the message; a first line “Subject: …” is its subject")
        ],
        replace: Annotated[bool, Field(description="in the place of a draft that is kept")] = False,
    ) -> Shape:
        """Keep a draft of the message that a follow-up asks for. It is not sent: the user does."""
        return turns.write(
            context,
            lambda call: proposing.write_draft(call, follow_up, text, replace=replace),
        )
