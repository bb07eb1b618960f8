"""记录: who did what, when, and what still stands of it."""

NAME = "record"


def page() -> None:
    """Draw the page."""
