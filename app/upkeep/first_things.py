"""What a house has before anybody made anything in it: roles, the rules of alerts, working hours, the places that are no shelf."""

from app.alerts.rules import plant_rules
from app.people.actors import HOUSE
from app.people.roles import plant_roles
from app.planning.calendars import plant_calendars
from app.stock.places import plant_places


async def plant() -> dict[str, int]:
    """Furnish an empty house; role → id. Part of one transaction."""
    roles = await plant_roles()
    await plant_rules(by=HOUSE)
    await complete()
    return roles


async def complete() -> None:
    """Write what people neither make nor remove, where it is not there: a house may have begun with an older program."""
    await plant_calendars()
    await plant_places()
