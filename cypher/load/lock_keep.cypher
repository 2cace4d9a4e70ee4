// Keep the study's lock for some time more, if it is still the one with this number. Run in the transaction of each
// write: nobody can take the lock until that transaction has ended.
MATCH (lock:LoadLock {id: $study})
SET lock.touched = coalesce(lock.touched, 0) + 1
WITH lock
WHERE lock.number = $number AND lock.holder = $holder
SET lock.until = timestamp() + $milliseconds
RETURN lock.number AS number
