"""From what happened in one replication to waits, reach, caseloads, leavers and costs."""
