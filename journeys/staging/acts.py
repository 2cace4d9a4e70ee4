"""Equal rows of a table are separate acts: each gets its own id, whatever the order of the rows."""

from __future__ import annotations

import sqlite3

from journeys.model.identity import nth_claim_id

_FIND = """
CREATE TEMP TABLE act AS
SELECT id, file, act, row_number() OVER (PARTITION BY id ORDER BY said, file, first) AS number FROM (
    SELECT id, file, act, min(properties) AS said, min(rowid) AS first FROM written
    WHERE act IS NOT NULL AND id IN (
        SELECT id FROM written WHERE act IS NOT NULL GROUP BY id HAVING count(*) > 1
    )
    GROUP BY id, file, act
)
"""


def number_acts(database: sqlite3.Connection) -> int:
    """Give each act except the first an id made from its content and number; return how many.

    The number is that among equal contents: a row inserted elsewhere, or rows in another order, change no id. Equal
    claims of one row are one act.
    """
    database.create_function("nth_claim_id", 2, nth_claim_id, deterministic=True)
    database.execute(_FIND)
    database.execute("CREATE INDEX temp.act_place ON act (id, file, act)")
    database.execute(
        "UPDATE written SET id = nth_claim_id(written.id, act.number) FROM act"
        " WHERE act.number > 1 AND act.id = written.id AND act.file = written.file AND act.act = written.act"
    )
    (number,) = database.execute("SELECT count(*) FROM act WHERE number > 1").fetchone()
    database.execute("DROP TABLE act")
    return int(number)
