"""Work that every test would do anew, and that comes out the same: done once in each process, or
left undone."""

from typing import Any, NamedTuple

import pytest


def read_styles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all programs of this process share what style sheets were read as: a fifth of the time
    that a program takes to start."""
    from textual.css.stylesheet import Stylesheet
    from textual.dom import DOMNode

    parse, read, default_css = Stylesheet.parse, Stylesheet._parse_rules, DOMNode._get_default_css
    sheets: dict[object, Any] = {}
    known: dict[object, Any] = {}

    def parse_once(self: Stylesheet) -> None:
        key = (*self.source.items(), *self._variables.items())
        if key not in sheets:
            parse(self)
            sheets[key] = self._rules
        self._rules = sheets[key]
        self._require_parse = False
        self._rules_map = None

    def parse_rules(self: Stylesheet, *sheet: Any, **more: Any) -> Any:
        key = (sheet, *more.items(), *self._variables.items())
        if key not in known:
            known[key] = read(self, *sheet, **more)
        return known[key]

    monkeypatch.setattr(Stylesheet, "parse", parse_once)
    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_rules)
    of_kinds: dict[type, Any] = {}

    def default_css_once(self: DOMNode) -> Any:
        if (found := of_kinds.get(type(self))) is None:
            found = of_kinds[type(self)] = default_css(self)
        return found

    monkeypatch.setattr(DOMNode, "_get_default_css", default_css_once)


def mix_colours_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all programs of this process share the colours that Textual mixes of a theme, some
    hundred and fifty; each program asks for them three times until it shows its first picture."""
    from textual.theme import Theme

    mix = Theme.to_color_system
    mixed: dict[int, tuple[Theme, Any]] = {}

    class Mixed:
        """What a program asks of its theme's colours."""

        def __init__(self, colours: dict[str, str]) -> None:
            self.colours = colours

        def generate(self) -> dict[str, str]:
            return dict(self.colours)

    def mix_once(theme: Theme) -> Any:
        if id(theme) not in mixed:
            mixed[id(theme)] = theme, Mixed(mix(theme).generate())  # kept, and with it its `id`
        return mixed[id(theme)][1]

    monkeypatch.setattr(Theme, "to_color_system", mix_once)


_PLACES = ("first-of-type", "last-of-type", "first-child", "last-child", "empty")


class Eligible(NamedTuple):
    """The rules that a widget may have by its names."""

    rules: list[Any]
    own: list[str]
    """The states that they ask of the widget."""
    above: list[str]
    """And of those it is in."""
    flags: dict[str, bool]
    """What Textual notes of the states, to know when to look again."""
    alike: bool
    """Whether those who are the same by name and state are given the same."""


class _Found(dict[object, Any]):
    """What Textual keeps while it dresses several widgets, with a name of ours for what it seeks:
    the styles that `name` was given by `rules`."""

    def __init__(self, styles: dict[object, Any], name: object) -> None:
        self.styles = styles
        self.name = name

    def get(self, *_: object) -> Any:
        found = self.styles.get(self.name)
        return None if found is None else dict(found)

    def __setitem__(self, _: object, found: Any) -> None:
        self.styles[self.name] = dict(found)


def find_styles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let widgets share the styles that their like were given before: those of the same class,
    name and state, within the same, under the same rules. Most tests open the same few screens.

    Who is new takes them over as they are, since nobody looks at the single ones before it is
    mounted; who has them already keeps them. Needs `read_styles_once`: rules are the same if they
    are the same list.
    """
    from textual.css.stylesheet import Stylesheet
    from textual.dom import DOMNode

    apply, rules_of = Stylesheet.apply, Stylesheet.rules.fget
    seldom = Stylesheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE
    maps: dict[int, Any] = {}
    eligible: dict[object, Eligible] = {}
    styles: dict[object, Any] = {}
    worn: dict[object, dict[str, Any]] = {}  # what became of those styles
    few: list[Any] = []  # that the widget may have which is about to be dressed

    def rules(self: Stylesheet) -> Any:
        return few.pop() if few else rules_of(self)

    def choose(all_of_them: list[Any], meant: set[Any]) -> Eligible:
        """The rules that are meant, with what they ask of a widget."""
        chains = [chain.selectors for rule in meant for chain in rule.selector_set]
        above = {state for chain in chains for link in chain[:-1] for state in link.pseudo_classes}
        own = above | {state for chain in chains for state in chain[-1].pseudo_classes}
        asked = set[str]().union(*(rule.pseudo_classes for rule in meant))
        flags = {
            "_has_hover_style": "hover" in asked,
            "_has_focus_within": "focus-within" in asked,
            "_has_order_style": not asked.isdisjoint(_PLACES),
            "_has_odd_or_even": not asked.isdisjoint(("odd", "even")),
        }
        here = [rule for rule in all_of_them if rule in meant]
        return Eligible(here, [*own], [*above], flags, asked.isdisjoint(seldom))

    def seen(node: Any, states: list[str]) -> tuple[object, ...]:
        """All that a rule can ask of `node`."""
        checks = node._PSEUDO_CLASSES
        return (
            node._css_type_names,
            node._id,
            node.classes,
            *[state for state in states if state in checks and checks[state](node)],
        )

    def apply_once(self: Stylesheet, node: Any, *, animate: bool = False, **_: Any) -> None:
        all_of_them = rules_of(self)
        which = id(all_of_them)
        if which not in maps:
            maps[which] = all_of_them, self.rules_map  # kept, and with it what `id` says
        self._rules_map = by_name = maps[which][1]
        names = frozenset(node._selector_names)
        if (found := eligible.get((which, names))) is None:
            meant = {rule for name in by_name.keys() & names for rule in by_name[name]}
            found = eligible[which, names] = choose(all_of_them, meant)
        parts: list[object] = [which, seen(node, found.own)]
        within = node
        while isinstance(within := within._parent, DOMNode):
            parts.append(seen(within, found.above))
        name = tuple(parts)
        base, known = node.styles.base, worn.get(name) if found.alike else None
        new = not base._rules and not node._is_mounted and not animate
        if known is not None and new:
            base._rules.update(known)
            base._updates += len(known)
        elif known is None or node.__dict__.get("_worn") != (name, base._updates):
            few.append(found.rules)
            apply(self, node, animate=animate, cache=_Found(styles, name))
            if new and found.alike:
                worn[name] = dict(base._rules)
            node._worn = None if animate else (name, base._updates)
            return
        node.__dict__.update(found.flags)
        node._worn = name, base._updates
        if known:
            node.notify_style_update()
        self._process_component_classes(node)

    monkeypatch.setattr(Stylesheet, "rules", property(rules))
    monkeypatch.setattr(Stylesheet, "apply", apply_once)


def hand_on_only_what_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no widget look again for what handles a message, since that depends on its class alone
    unless a selector decides, and log no message: nobody reads that log."""
    import textual.message_pump
    from textual.message import Message
    from textual.message_pump import MessagePump

    look = MessagePump._get_dispatch_methods
    heard: dict[tuple[type, str, type], Any] = {}

    def hearing(pump: type, name: str, message: type) -> list[tuple[type, list[Any]]] | None:
        """What handles it, class by class; None where a selector decides."""
        kinds = [kind for kind in message.__mro__ if issubclass(kind, Message)]
        found: list[tuple[type, list[Any]]] = []
        known: set[Any] = set()
        for each in pump.__mro__:
            methods: list[Any] = []
            decorated = vars(each).get("_decorated_handlers") or {}
            for method, selectors in (one for kind in kinds for one in decorated.get(kind, ())):
                if selectors:
                    return None
                if method not in known:
                    methods.append(method)
                    known.add(method)
            if methods or vars(each).get(f"_{name}") or vars(each).get(name):
                found.append((each, methods))
        return found

    def each_of(
        pump: MessagePump, name: str, found: list[tuple[type, list[Any]]], message: Message
    ) -> Any:
        for kind, methods in found:
            if message._no_default_action:
                return
            for method in methods:
                yield kind, method.__get__(pump, kind)
            # Not kept: a test may put another one in its place.
            method = vars(kind).get(f"_{name}") or vars(kind).get(name)
            if method is not None and not getattr(method, "_textual_on", None):
                yield kind, method.__get__(pump, kind)

    def look_once(self: MessagePump, method_name: str, message: Message) -> Any:
        key = type(self), method_name, type(message)
        if key not in heard:
            heard[key] = hearing(*key)
        if (found := heard[key]) is None:
            return look(self, method_name, message)
        return each_of(self, method_name, found, message) if found else ()

    class Silence:
        def __call__(self, *_: object, **__: object) -> None: ...

        def __getattr__(self, _: str) -> "Silence":
            return self

        def verbosity(self, _: bool) -> "Silence":
            return self

    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", look_once)
    monkeypatch.setattr(textual.message_pump, "log", Silence())


def compile_statements_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all boards of this process share their compiled statements: a program has one engine,
    the tests thousands, and half of a first change is spent on compiling."""
    import store.file.engine

    create = store.file.engine.create_engine
    first: list[Any] = []

    def create_engine(*args: Any, **options: Any) -> Any:
        if first and first[0].dialect.server_version_info:
            # What the first one was told by SQLite, and functions that no query of ours calls.
            options["_initialize"] = False
        engine = create(*args, **options)
        if first:
            engine.dialect = engine.pool._dialect = first[0].dialect
            engine._compiled_cache = first[0]._compiled_cache
        else:
            first.append(engine)
        return engine

    monkeypatch.setattr(store.file.engine, "create_engine", create_engine)


def check_nothing_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a board be checked when it is opened, and not on a thread of its own before: a program
    does that while it loads what writing needs, which the tests have loaded."""
    import store.boards
    import tui.desk

    for module in (store.boards, tui.desk):
        monkeypatch.setattr(module, "check_beside", lambda _: None)


def wait_for_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writers of this process not wait until the disk has what they wrote, as only a power cut
    would tell: a third of the time that the tests of the store and the command line take.

    Where the disk is what a test is about, `waits_for_the_disk` lets them wait.
    """
    import store.file.engine

    connect = store.file.engine.connect

    def connect_at_once(*args: Any, **options: Any) -> Any:
        connection = connect(*args, **options)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    monkeypatch.setattr(store.file.engine, "connect", connect_at_once)
