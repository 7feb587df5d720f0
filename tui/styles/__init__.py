"""How it looks: style sheets, and the themes with their colours."""
