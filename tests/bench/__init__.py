"""`make bench`: speed as ratios to something run beside it."""
