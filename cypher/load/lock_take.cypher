// Take or renew the study's lock if nobody has it, or if who had it has not been heard of for too long. The clock is the
// server's: those of two laptops may differ.
MERGE (lock:LoadLock {id: $study})
SET lock.touched = coalesce(lock.touched, 0) + 1
WITH lock
WHERE lock.holder IS NULL OR lock.holder = $holder OR lock.until < timestamp()
SET lock.holder = $holder, lock.who = $who, lock.since = $since, lock.until = timestamp() + $milliseconds
RETURN lock.holder AS holder
