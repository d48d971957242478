"""From money to outcome: early leavers avoided against cost, and who pays and who gains."""
