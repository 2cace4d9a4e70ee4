"""What the command line asks about an error that is nobody's mistake in a form."""

from journeys.store.errors import FULL_DISK, is_about_a_full_disk

__all__ = ["FULL_DISK", "is_about_a_full_disk"]
