"""What is put before a customer with its prices and a last day: what quotations and framework orders are both."""
