"""The one piccolo app of the house: every capability's tables, found by convention."""

from pathlib import Path

from piccolo.conf.apps import AppConfig
from piccolo.table import Table, sort_table_classes

from app.core import house


def all_tables() -> list[type[Table]]:
    """Every table of the house, those that are pointed to first."""
    found = {
        t
        for m in house.modules("tables")
        for t in vars(m).values()
        if isinstance(t, type) and issubclass(t, Table)
    }
    return sort_table_classes(sorted(found, key=lambda t: t._meta.tablename))


APP_CONFIG = AppConfig(
    app_name="zhunjiao",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=all_tables(),
    migration_dependencies=[],
    commands=[],
)
