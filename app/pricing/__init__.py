"""What our items cost: price lists for all or for one customer, valid from day to day, by quantity and per unit.

A customer's own list comes before the general one; of one item and currency only one price is valid on a day.
"""
