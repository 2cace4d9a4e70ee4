"""Databases as the Discourse Network Analyzer 3 makes them, and as earlier and later versions do: all invented."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL DEFAULT '');
CREATE TABLE CODERS(ID INTEGER PRIMARY KEY NOT NULL, Name TEXT NOT NULL, Red INTEGER, Password TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY NOT NULL, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER,
  Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '', Section TEXT NOT NULL DEFAULT '',
  Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY NOT NULL, Label TEXT NOT NULL, Red INTEGER);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY NOT NULL, Variable TEXT NOT NULL, DataType TEXT NOT NULL,
  StatementTypeId INTEGER);
CREATE TABLE REGEXES(Label TEXT PRIMARY KEY, Red INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY NOT NULL, StatementTypeId INTEGER, DocumentId INTEGER,
  Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER);
CREATE TABLE STATEMENTLINKS(ID INTEGER PRIMARY KEY NOT NULL, SourceId INTEGER, TargetId INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL, Red INTEGER,
  ChildOf INTEGER, UNIQUE (VariableId, Value));
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER, AttributeVariable TEXT);
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER, AttributeVariableId INTEGER,
  AttributeValue TEXT NOT NULL DEFAULT '');
INSERT INTO CODERS VALUES (1, 'Admin', 255, 'secret'), (2, 'Xenia Yates', 0, 'secret');
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 239), (2, 'Annotation', 211);
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
  (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2);
INSERT INTO ENTITIES VALUES (0, 1, '', 0, NULL);
"""
TEXT = (
    "Invented Gazette \U0001f600.\nSam S. said the clinics cost too much. Mina V. held against it that nobody had "
    "asked the women.\nThe council kept silent."
)
_ROLES = """
CREATE TABLE ROLES(ID INTEGER PRIMARY KEY, RoleName TEXT, StatementTypeId INTEGER, Position INTEGER);
CREATE TABLE ROLEVARIABLELINKS(ID INTEGER PRIMARY KEY, RoleId INTEGER, VariableId INTEGER);
INSERT INTO ROLEVARIABLELINKS VALUES (11, 1, 1), (12, 2, 2), (13, 3, 3), (14, 4, 4), (15, 5, 5);
ALTER TABLE DATABOOLEAN RENAME COLUMN VariableId TO RoleVariableLinkId;
ALTER TABLE DATASHORTTEXT RENAME COLUMN VariableId TO RoleVariableLinkId;
ALTER TABLE DATALONGTEXT RENAME COLUMN VariableId TO RoleVariableLinkId;
ALTER TABLE DATAINTEGER RENAME COLUMN VariableId TO RoleVariableLinkId;
UPDATE DATABOOLEAN SET RoleVariableLinkId = RoleVariableLinkId + 10;
UPDATE DATASHORTTEXT SET RoleVariableLinkId = RoleVariableLinkId + 10;
UPDATE DATALONGTEXT SET RoleVariableLinkId = RoleVariableLinkId + 10;
"""
STATEMENTS = (
    ("the clinics cost too much", "Sam S.", "Northtown PCT", "Two clinics are needed", 0),
    ("nobody had asked the women", "Mina V.", "Community Voices", "Two clinics are needed", 1),
    ("The council kept silent", "", "Northtown Council", "Needs assessment", 1),
    ("Invented Gazette", "", "", "Two clinics are needed", 1),
    ("kept silent", "", "Northtown Council", "Two clinics are needed", None),
)


def write_dna(
    path: Path, version: str = "3.0.11", *, roles: bool = False, statements: Iterable[tuple[Any, ...]] = STATEMENTS
) -> Path:
    """A debate of one document; positions as Java counts them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_TABLES)
        run = database.execute
        run("INSERT INTO SETTINGS VALUES ('version', ?)", (version,))
        day = int(datetime(2011, 6, 8, 12, tzinfo=UTC).timestamp())
        run(
            "INSERT INTO DOCUMENTS VALUES (7, 'Clinics debated', ?, 1, 'A. Reporter', 'Gazette', '', '', 'paper', ?)",
            (TEXT, day),
        )
        entities: dict[tuple[int, str], int] = {}
        for number, (words, person, organisation, concept, agrees) in enumerate(statements, 1):
            start = len(TEXT[: TEXT.index(words)].encode("utf-16-le")) // 2
            run("INSERT INTO STATEMENTS VALUES (?, 1, 7, ?, ?, 2)", (number, start, start + len(words)))
            for variable, name in ((1, person), (2, organisation), (3, concept)):
                if (variable, name) not in entities:
                    made = run("INSERT OR IGNORE INTO ENTITIES (VariableId, Value) VALUES (?, ?)", (variable, name))
                    entities[variable, name] = made.lastrowid or 0
                held = (number, variable, entities[variable, name] if name else 0)
                run("INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)", held)
            if agrees is not None:
                run("INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, 4, ?)", (number, agrees))
        run("INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 1, 'Type')")
        run("INSERT INTO ATTRIBUTEVALUES VALUES (1, 1, 1, 'politician')")
        run("INSERT INTO REGEXES VALUES ('clinic', 0)")
        if roles:
            database.executescript(_ROLES)
        database.commit()
    return path


def write_dna_2(path: Path) -> Path:
    """A database of version 2: it has no entities, and its coders have no passwords."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE SETTINGS(Property TEXT, Value TEXT); INSERT INTO SETTINGS VALUES ('version', '2.0 beta 25');"
            "CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Date INTEGER);"
            "CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, "
            "Start INTEGER, Stop INTEGER, Coder INTEGER);"
            "CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT);"
            "CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, "
            "Value INTEGER);"
            "CREATE TABLE ATTRIBUTES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT);"
        )
    return path
