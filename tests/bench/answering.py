"""A house that is asked from outside: each line it reads is a thing to do, each line it says the milliseconds that took."""

import asyncio
import json
import sys
from time import perf_counter

from app.core.db import DB
from tests.bench.visiting import Ordering, addresses, opened


async def main() -> None:
    browser, _session = await opened()
    asked, ordering = await addresses(), await Ordering.begun()
    answer({name: len(paths) for name, paths in asked.items()} | {"create": 1})
    while line := await asyncio.to_thread(sys.stdin.readline):
        name, nth = json.loads(line)
        if name == "create":
            began = perf_counter()
            await ordering.once()
            answer((perf_counter() - began) * 1000)
        else:
            answer((await browser.get(asked[name][nth]))[0] * 1000)
    await DB.close()


def answer(said: object) -> None:
    sys.stdout.write(f"= {json.dumps(said)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
