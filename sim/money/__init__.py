"""From money to hours: who pays, what it buys, and how the hours are spread over schools."""
