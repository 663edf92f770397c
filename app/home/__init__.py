"""The workplace: what each role looks at first, and what waits for this person."""
