"""What happened to price lists."""

from app.core.words import N_
from app.events.log import MasterChanged, MasterMade


class PriceListMade(MasterMade):
    name = "price_list.made"
    sentence = N_("added price list %(code)s %(what)s")


class PriceListChanged(MasterChanged):
    name = "price_list.changed"
    sentence = N_("changed price list %(code)s %(what)s")
