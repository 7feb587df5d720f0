"""Opens a link outside of the program."""


def open_link(url: str) -> bool:
    """Hand `url` to the user's browser or mail program; False when there is none.

    To be called in a thread, with a link that is safe to open. A browser that would take over
    this terminal counts as none.
    """
    import webbrowser

    try:
        browser = webbrowser.get()
        if type(browser) is webbrowser.GenericBrowser:
            return False
        return browser.open(url)
    except (webbrowser.Error, OSError):
        return False
