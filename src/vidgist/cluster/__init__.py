"""Many machines on one PostgreSQL: a durable queue, a shared memory, one bill, one destination.

    enqueue   inputs -> order + tickets in the queue
    work      queue -> steps -> destination, on as many machines as there are
    status    what is waiting, done, failed and spent

The steps are those of a single machine and know nothing of this room. A ticket goes through two lanes:

    fetch      narrow, through the worker's own gate: each machine has its own address and its own pace
    summarize  wide, with every call of a model counted against the allowance of all workers

Work is done at least once, its outcome is had exactly once: a ticket is claimed by one worker; the tickets
of a dead worker return to the queue; everything fetched or paid for is in the shared memory before anything
else happens; an item has one name, and its file is replaced whole.
"""
