"""Errors that are not caused by the content of a form, for the command line."""

from journeys.store.errors import FULL_DISK, is_about_a_full_disk

__all__ = ["FULL_DISK", "is_about_a_full_disk"]
