"""What happened to items and machines."""

from app.core.words import N_
from app.events.log import MasterChanged, MasterMade


class ItemMade(MasterMade):
    name = "item.made"
    sentence = N_("added item %(code)s %(what)s")


class ItemChanged(MasterChanged):
    name = "item.changed"
    sentence = N_("changed item %(code)s %(what)s")


class MachineMade(MasterMade):
    name = "machine.made"
    sentence = N_("added machine %(code)s %(what)s")


class MachineChanged(MasterChanged):
    name = "machine.changed"
    sentence = N_("changed machine %(code)s %(what)s")


class WorkCenterMade(MasterMade):
    name = "work_center.made"
    sentence = N_("added work center %(code)s %(what)s")


class WorkCenterChanged(MasterChanged):
    name = "work_center.changed"
    sentence = N_("changed work center %(code)s %(what)s")


class BomMade(MasterMade):
    name = "bom.made"
    sentence = N_("added bill of materials %(code)s %(what)s")


class BomChanged(MasterChanged):
    name = "bom.changed"
    sentence = N_("changed bill of materials %(code)s %(what)s")
