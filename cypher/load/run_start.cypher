// Note that a load begins.
MERGE (run:LoadRun {id: $id})
SET run.study = $study, run.who = $who, run.started = $started, run.files = $files,
    run.version = $version
