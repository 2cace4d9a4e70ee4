// Give the study's lock back.
MATCH (lock:LoadLock {id: $study, holder: $holder})
REMOVE lock.holder, lock.who, lock.since, lock.until
