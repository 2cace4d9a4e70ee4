// The loads of a study, the latest first.
MATCH (run:LoadRun {study: $study})
RETURN run {.*} AS run
ORDER BY run.started DESC
LIMIT $limit
