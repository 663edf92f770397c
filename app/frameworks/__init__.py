"""Framework orders (框架协议): what a customer agreed to take over a year, and what they call off of it, plan by plan."""
