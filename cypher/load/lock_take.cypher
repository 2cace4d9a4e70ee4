// Take the study's lock if nobody has it, or if who had it has not been heard of for too long. Its number is one higher
// each time it is taken, so that who lost it cannot go on with the old one. The clock is the server's: those of two
// laptops may differ.
MERGE (lock:LoadLock {id: $study})
SET lock.touched = coalesce(lock.touched, 0) + 1
WITH lock
WHERE lock.holder IS NULL OR lock.holder = $holder OR lock.until < timestamp()
SET lock.holder = $holder, lock.who = $who, lock.since = $since, lock.until = timestamp() + $milliseconds,
    lock.number = coalesce(lock.number, 0) + 1
RETURN lock.number AS number
