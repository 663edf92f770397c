"""The steps that made the tables what they are. A step never changes once a house has run it."""
