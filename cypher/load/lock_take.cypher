// Take the study's lock if nobody has it, or if who had it has not been heard of for too long.
MERGE (lock:LoadLock {id: $study})
SET lock.touched = coalesce(lock.touched, 0) + 1
WITH lock
WHERE lock.holder IS NULL OR lock.holder = $holder OR lock.until < $now
SET lock.holder = $holder, lock.who = $who, lock.since = $since, lock.until = $until
RETURN lock.holder AS holder
