"""How much is needed: the smallest amount of hours, money or anything else that meets a target."""
