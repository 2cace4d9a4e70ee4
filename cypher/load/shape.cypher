// The shape that the last complete load of a study wrote; none where an earlier version wrote it.
MATCH (run:LoadRun {study: $study})
WHERE run.finished IS NOT NULL
RETURN run.shape AS shape
ORDER BY run.started DESC, coalesce(run.shape, 1) DESC
LIMIT 1
