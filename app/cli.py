"""`zhunjiao …`: the only program. Each command is a few lines here; what it does stands in app/upkeep and app/demo."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from app.core.refusals import Refused


def serve(options: argparse.Namespace) -> int:
    from app.upkeep import serving

    return serving.serve()


def work(options: argparse.Namespace) -> int:
    from app.upkeep import working

    return working.work(options.workers)


def migrate(options: argparse.Namespace) -> int:
    from app.core import migrations

    ran = _in_house(migrations.migrate)
    print("\n".join(ran) or "nothing to do")
    return 0


def freeze(options: argparse.Namespace) -> int:
    from app.upkeep.freezing import freeze

    print("\n".join(path.name for path in freeze()))
    return 0


def demo(options: argparse.Namespace) -> int:
    from app.demo import factory

    return _in_house(factory.demo, options.orders)


def backup(options: argparse.Namespace) -> int:
    from app.upkeep import backup

    print(_in_house(backup.back_up, Path(options.to) if options.to else None))
    return 0


def restore(options: argparse.Namespace) -> int:
    from app.upkeep import backup

    print(asyncio.run(backup.restore(Path(options.file), options.yes)))
    return 0


def recount(options: argparse.Namespace) -> int:
    from app.core import recounts

    differing = 0
    for each in _in_house(recounts.run):
        differing += len(each.differences)
        print(f"{each.capability} {each.name}: {len(each.differences) or 'right'}")
        print("".join(f"  {difference}\n" for difference in each.differences[:10]), end="")
    return 1 if differing else 0


def apikey(options: argparse.Namespace) -> int:
    from app.upkeep import keys

    print(_in_house(keys.create_api_key, options.user, options.name))
    return 0


def password(options: argparse.Namespace) -> int:
    from app.upkeep import keys

    print(_in_house(keys.new_password, options.login))
    return 0


def https(options: argparse.Namespace) -> int:
    from app.upkeep import https

    print(https.make_certificates(options.names))
    return 0


def messages(options: argparse.Namespace) -> int:
    from app.upkeep import messages

    return messages.collect(check=options.check)


def _in_house(work: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    """Open the database, run one thing, close it."""
    from app.core.db import DB

    async def opened() -> Any:
        await DB.open()
        try:
            return await work(*args)
        finally:
            await DB.close()

    return asyncio.run(opened())


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="zhunjiao", description="准交 Zhunjiao: from the order to the delivery on time"
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(
        run: Callable[[argparse.Namespace], int], help: str, name: str = ""
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name or run.__name__, help=help, description=help)
        added.set_defaults(run=run)
        return added

    command(serve, "bring the tables up to date and start the web server with its worker")
    command(work, "work the queue in a process of its own (with REDIS_URL and PostgreSQL)").add_argument(
        "--workers", type=int, default=4
    )
    command(migrate, "bring the tables up to date")
    frozen = command(freeze, "write the first migrations from today's tables", "migrations")
    frozen.add_argument("action", choices=["freeze"])
    command(demo, "fill an empty house with the demo factory").add_argument(
        "--orders", type=int, default=0, help="so many orders more, written in bulk"
    )
    command(backup, "copy the house while it runs, and check the copy").add_argument(
        "--to", help="folder, BACKUP_DIR by default"
    )
    restored = command(restore, "put a backup in the place of the house (stopped)")
    restored.add_argument("file")
    restored.add_argument("--yes", action="store_true", help="replace what is there")
    command(recount, "compare every kept figure with what it is kept from")
    key = command(apikey, "make a key for a program")
    key.add_argument("action", choices=["create"])
    key.add_argument("--user", required=True)
    key.add_argument("--name", default="command line")
    reset = command(password, "give a user a new password", "user")
    reset.add_argument("action", choices=["password"])
    reset.add_argument("login")
    command(https, "make the local certificate authority and the server's certificate").add_argument(
        "names", nargs="*", help="host names and addresses the server is reached by"
    )
    command(messages, "collect the words of the interface and name what is not translated").add_argument(
        "--check", action="store_true", help="write nothing, only say"
    )
    return top


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except Refused as refused:
        print(refused.sentence(), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
