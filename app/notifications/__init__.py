"""Who hears what: notices in the bell, read off events by reactions."""
