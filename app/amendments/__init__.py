"""What a customer wants changed in an order that stands: kept until somebody decides on it."""
