// Who has the study's lock.
MATCH (lock:LoadLock {id: $study})
RETURN lock.who AS who, lock.since AS since
