"""Figures about the factory, computed from the dates that the verbs keep; nothing here is stored twice."""
