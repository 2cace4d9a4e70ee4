"""What an observation sheet is about: which meeting, and which observation of it."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.instruments.answers import FilledForm
from journeys.instruments.files.cells import Cell
from journeys.interpret.context import Context, End
from journeys.interpret.registered_dates import can_be, say_difference
from journeys.model.dates import DateSpan
from journeys.model.identity import node_id, short_id
from journeys.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Subject:
    """The meeting, the observation as a source, and the case study.

    ``registered``: the registers list the meeting, and say what it is; the sheet adds to it. ``dated``: they say when
    it was, too.
    """

    form: FilledForm
    meeting: End
    source: End
    case: End
    registered: bool
    dated: bool


def subject_of(context: Context, form: FilledForm) -> Subject | None:
    """The meeting of a sheet, made known so that every form may name it; None, reported, for a header without one.

    The meeting is the one of the registers that the header names, or the one of that arena on that day; else a new one.
    """
    case_given, group, date_given = (form.header.get(name) for name in ("case_study", "meeting_group_name", "date"))
    if case_given is None or group is None or date_given is None:
        return None
    cases = context.look_up(("CaseStudy",), case_given)
    if len(cases) != 1:
        if cases:
            context.problem("bad_value", case_given, "One sheet is about one case study.", "Write one of them.")
        return None
    when = context.values.span(date_given)
    if when is None:
        return None
    found = _Meetings(context, group, date_given, when).find()
    if found is None:
        return None
    meeting, registered = found
    dated = registered and context.meetings.date(meeting.id) is not None
    if not dated:
        context.meetings.add(meeting.id, when)
    source = _source(context, form, meeting, group)
    return Subject(form, meeting, source, cases[0], registered, dated) if source else None


class _Meetings:
    """Finds the meeting that the header of a sheet means."""

    def __init__(self, context: Context, group: Cell, date_given: Cell, when: DateSpan) -> None:
        self._context, self._group, self._date, self._when = context, group, date_given, when

    def find(self) -> tuple[End, bool] | None:
        """The meeting, and whether the registers list it; None, reported, if it is not clear which."""
        context, group = self._context, self._group
        named = [identity for _, identity in context.names.find(("Meeting",), group.text)]
        if named:
            return self._one_of(named, f"{len(named)} meetings are called {group.text!r}.")
        arenas = context.look_up(("Arena", "Meeting"), group)
        if len(arenas) != 1:
            if arenas:
                context.problem("bad_value", group, "One sheet is about one meeting.", "Write one of them.")
            return None
        arena = arenas[0]
        listed = context.ties.coming("OF_ARENA", arena.id)
        shown = context.names.shown(arena.id)
        sittings = [meeting for meeting in listed if self._may_be(meeting, undated=False)]
        if sittings:
            return self._one_of(sittings, f"{shown} met {len(sittings)} times then.")
        if listed:
            message = f"The registers list meetings of {shown}, but none on {self._date.text}; a new one was made."
            remedy = "Add it to the registers, or correct the date here or in the registers."
            problem = Problem("new_meeting", self._date.address, message, remedy, Severity.WARNING)
            context.report(problem)
        return self._new(arena)

    def _one_of(self, meetings: list[str], several: str) -> tuple[End, bool] | None:
        context = self._context
        possible = [meeting for meeting in meetings if self._may_be(meeting, undated=True)]
        if not possible:
            say_difference(context, context.meetings.date(meetings[0]), self._date, self._when, "meeting")
            return None
        if len(possible) > 1:
            ids = " or ".join(short_id(meeting) for meeting in possible)
            context.problem("ambiguous_name", self._group, several, f"Write the id of the one that is meant: {ids}.")
            return None
        say_difference(context, context.meetings.date(possible[0]), self._date, self._when, "meeting")
        return End("Meeting", possible[0]), True

    def _may_be(self, meeting: str, *, undated: bool) -> bool:
        date = self._context.meetings.date(meeting)
        return undated if date is None else can_be(date, self._when)

    def _new(self, arena: End) -> tuple[End, bool]:
        context = self._context
        day = self._when.date_from or self._when.date_to
        key = f"{arena.id.split(':', 2)[-1]}-{day.isoformat() if day else 'undated'}"
        end = End("Meeting", node_id(context.study, context.schema.nodes["Meeting"], [key]))
        context.names.add("Meeting", end.id, [f"{context.names.shown(arena.id)}, {self._date.text}"])
        context.ties.add("OF_ARENA", end.id, arena.id)
        return end, False


def _source(context: Context, form: FilledForm, meeting: End, group: Cell) -> End | None:
    """The observation: the one the sheet names, else the only one that the registers list of this meeting, else new."""
    named = form.header.get("source")
    if named is not None:
        if context.names.find(("DataSource",), named.text):
            found = context.look_up(("DataSource",), named)
            return found[0] if len(found) == 1 and _is_of(context, found[0], meeting, named) else None
        key = named.text
    else:
        slug = context.schema.nodes["DataSource"].slug
        records = context.ties.coming("OF_MEETING", meeting.id)
        listed = [each for each in records if each.split(":", 2)[1] == slug]
        if len(listed) == 1:
            return End("DataSource", listed[0])
        if listed:
            names = " or ".join(short_id(each) for each in listed)
            message = f"The registers list {len(listed)} sources of this meeting."
            context.problem("ambiguous_name", group, message, f"Write one of these under *Observation*: {names}.")
            return None
        key = f"obs-{meeting.id.split(':', 2)[-1]}"
    try:
        end = End("DataSource", node_id(context.study, context.schema.nodes["DataSource"], [key]))
    except ValueError:
        context.problem("bad_value", named or group, f"{key!r} is not an id.", "Write one like obs-2011-06-08.")
        return None
    context.names.add("DataSource", end.id, [f"Observation of {context.names.shown(meeting.id)}", key])
    return end


def _is_of(context: Context, source: End, meeting: End, named: Cell) -> bool:
    """Whether the registers do not say that a source is of another meeting; reported if they do."""
    of = context.ties.leading("OF_MEETING", source.id)
    if not of or meeting.id in of:
        return True
    there, here = context.names.shown(of[0]), context.names.shown(meeting.id)
    message = f"The registers say that {named.text!r} is about {there!r}; this sheet is about {here!r}."
    context.problem("other_meeting", named, message, "Write the id of the observation of this meeting, or a new one.")
    return False
