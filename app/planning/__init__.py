"""When what runs where. A schedule is a proposal by the engine until somebody publishes it onto the operations."""
