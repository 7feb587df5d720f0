"""Tables as they lie in files: text with separators, workbooks, JSON; all read as rows of text."""
