// What wrote a study last: the shape and version of the last complete load (none where an early version wrote it), the
// newer version whose claims it left alone, if it did, and the files that it read.
MATCH (run:LoadRun {study: $study})
WHERE run.finished IS NOT NULL
RETURN run.shape AS shape, run.version AS version, run.beside AS beside, run.files AS files
ORDER BY run.started DESC, coalesce(run.shape, 1) DESC
LIMIT 1
