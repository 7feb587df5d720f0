"""The standard library's parser of XML, set up so that no file can make it do harm."""

from typing import Any, NoReturn
from xml.parsers import expat

DEPTH_AT_MOST = 100
"""Elements within elements in a workbook; a cell with formatted text has a dozen above it."""


def new_parser(namespace_separator: str | None = None) -> "expat.XMLParserType":
    """A parser that hands out texts whole, and raises ValueError where a document type begins:
    a workbook has none, and it would define entities, of which few make gigabytes."""
    parser = expat.ParserCreate(namespace_separator=namespace_separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: Any) -> NoReturn:
    raise ValueError("a document type")
