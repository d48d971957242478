"""The waits that a case can give up on; each has one threshold for all waits of its kind."""

LIST_OF_SMW = 0
LIST_OF_GATEWAY = 1
LIST_OF_YOUTH_CARE = 2
LIST_OF_GGZ = 3
N_LISTS = 4
