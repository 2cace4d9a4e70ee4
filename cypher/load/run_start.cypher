// Note that a load begins, and the newer version beside whose claims it writes, if there is one.
MERGE (run:LoadRun {id: $id})
SET run.study = $study, run.who = $who, run.started = $started, run.files = $files,
    run.version = $version, run.beside = $beside
