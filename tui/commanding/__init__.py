"""The tables of commands, by what they are about; `tui.commands` puts them together."""
