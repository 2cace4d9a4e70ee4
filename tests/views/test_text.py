"""Text made safe to show: plain text takes a short way, which has to lead to the same."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from journeys.views.text import sanitized


@given(st.text(st.sampled_from("ab .,<>\x1b[]m\x07\x7f\n\t\r\x0b\u00e9\u202e\u200f\ufeff"), max_size=12))
@example(" a  b ")
@example("\x1b[31mred\x1b[0m")
@example("a\x7fb")
def test_the_short_way_leads_to_the_same(text: str) -> None:
    """A mark that is taken out sends any text the long way."""
    assert sanitized(text) == sanitized(f"\ufeff{text}")
    assert "\ufeff" not in sanitized(f"\ufeff{text}")
