"""The customer's window: a link that says where the order is and when it comes, and nothing else."""
