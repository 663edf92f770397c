"""Help inside the product, and the generated map of the house."""
