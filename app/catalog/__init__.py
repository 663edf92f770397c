"""What the factory makes and with what: items with units and packing, routings, work centers, machines."""
