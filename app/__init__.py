"""准交 Zhunjiao: every order from the customer's file to the after-sales call, in one place."""

__version__ = "0.1.0"
