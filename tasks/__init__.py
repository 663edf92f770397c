"""What follows after: reactions to events, periodic work, and the queue that carries both."""
