// Give the study's lock back, if it is still the one with this number.
MATCH (lock:LoadLock {id: $study, holder: $holder, number: $number})
REMOVE lock.holder, lock.who, lock.since, lock.until
