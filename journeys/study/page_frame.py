"""The frame of every page of a study, apart from the atlas: one page needs little else of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journeys.study.access import StudyAccess
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.home_words import stated


def frame(study: StudyAccess, links: Sequence[Mapping[str, str]] = ()) -> PageFrame:
    """The frame of every page of a study: its title, its note, links to other pages, and when its data were loaded."""
    settings = study.folder.settings
    return PageFrame(settings.title, settings.note or "", links, stated=tuple(filter(None, [stated(study.loaded)])))
