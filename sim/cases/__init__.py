"""The case table and the rhythm of schools: everything random, drawn before the simulation starts."""
