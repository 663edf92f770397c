"""A customer's file and a price list, suppliers and departments, and what the world is called by."""

from app.core import db
from app.parties.tables import CustomerAddress, CustomerContact, Supplier
from app.people.tables import Department
from app.pricing.tables import Price, PriceList
from tests.web.hostile import MARK
from tests.world import TODAY, World


async def named(world: World) -> None:
    """What is there already, called by marks."""
    await db.rows("update items set name = {}, spec = {}", MARK, MARK)
    await db.rows("update customers set name = {}, short_name = {}, contact = {}, address = {}", *[MARK] * 4)
    await db.rows("update machines set name = {}", MARK)
    await Supplier(code="S1", name=MARK, short_name=MARK).save()
    await Department(code="D1", name=MARK).save()


async def agreed(world: World) -> None:
    """A customer's file and a price list, both full of marks."""
    customer = world.hengli.id
    await CustomerContact(customer=customer, name="孙经理", role=MARK, phone=MARK, mail=MARK).save()
    await CustomerAddress(customer=customer, name="二厂", address=MARK, contact=MARK).save()
    await db.rows("update customers set label_demand = {}, marks = {}, packing_demand = {}", MARK, MARK, MARK)
    listed = PriceList(code="PL-1", name=MARK, customer=customer, valid_from=TODAY, remark=MARK)
    await listed.save()
    await Price(price_list=listed.id, item=world.bolt.id, price_micro=268_000_000, price_unit="千件").save()
