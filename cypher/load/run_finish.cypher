// Note that a load is complete, and what it did.
MATCH (run:LoadRun {id: $id})
SET run.finished = $finished, run.nodes_created = $nodes_created, run.nodes_changed = $nodes_changed,
    run.nodes_removed = $nodes_removed, run.claims_created = $claims_created, run.claims_changed = $claims_changed,
    run.claims_removed = $claims_removed, run.shape = $shape
