"""Those the factory deals with: customers with their terms and their names for our items, suppliers, and our own company."""
