"""Work orders, facts of the floor and exceptions for programs."""

from app.production.api import exceptions, operations, work_orders

ROUTES = [*work_orders.ROUTES, *operations.ROUTES, *exceptions.ROUTES]
