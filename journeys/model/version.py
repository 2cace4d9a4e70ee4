"""The version of the program."""

__version__ = "0.1.0"

UPDATE = "Update the program: `pip install --upgrade evidence-journeys`"
"""What to do about something of a newer version."""
