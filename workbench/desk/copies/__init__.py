"""The copies of one report: which is current, and what they say differently, row by row."""
