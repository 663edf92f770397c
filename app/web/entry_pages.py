"""Writing a thing with lines: the addresses of its form, new and as it was written, the same for all that have one."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post

from app.core.db import Done, commit
from app.core.refusals import Refused
from app.core.words import Word, _
from app.people.actors import Actor, Permission
from app.web.entry import Entry
from app.web.input import Input, read_form
from app.web.render import see


@dataclass(frozen=True, kw_only=True)
class EntryPages:
    """`new` and `written` (by number, Refused where it cannot be changed) give the form, `sent` as it came; `draw` shows it, for a
    number or ''. `entered` is what the verbs `write` and `edit` take of it; `done` and `changed` say that they did."""

    path: str
    right: Permission
    blank: Mapping[str, Any]
    new: Callable[[Request, Actor], Awaitable[Entry]]
    written: Callable[[str, Actor], Awaitable[Entry]]
    sent: Callable[[Input], Entry]
    draw: Callable[[Request, Actor, Entry, str, int], Awaitable[Response]]
    entered: Callable[[Input], Any]
    write: Callable[..., Awaitable[Any]]
    edit: Callable[..., Awaitable[Any]]
    done: Word
    changed: Word

    def routes(self) -> list[Any]:
        return [*self._writing(), *self._editing()]

    def _writing(self) -> list[Any]:
        @get(f"{self.path}/new", name=f"new:{self.path}")
        async def new(request: Request, by: Actor) -> Response:
            by.must(self.right)
            return await self.draw(request, by, await self.new(request, by), "", 200)

        @post(f"{self.path}/new", name=f"write:{self.path}", status_code=200)
        async def write(request: Request, by: Actor) -> Response:
            """Write it; or, without JavaScript, draw the form with one more line."""

            async def answer(done: Done) -> dict[str, Any]:
                return {"number": done.value.number}

            return await self._take(request, by, "", self.done, self.write, answer=answer)

        return [new, write]

    def _editing(self) -> list[Any]:
        @get(f"{self.path}/{{number:str}}/edit", name=f"edit:{self.path}")
        async def edit(request: Request, number: str, by: Actor) -> Response:
            by.must(self.right)
            return await self.draw(request, by, await self.written(number, by), number, 200)

        @post(f"{self.path}/{{number:str}}/edit", name=f"rewrite:{self.path}", status_code=200)
        async def rewrite(request: Request, number: str, by: Actor) -> Response:
            return await self._take(request, by, number, self.changed, self.edit, number)

        return [edit, rewrite]

    async def _take(
        self, request: Request, by: Actor, number: str, said: Word, verb: Callable[..., Awaitable[Any]], *which: str, **more: Any
    ) -> Response:  # fmt: skip
        """Carry out what was sent; after a refusal the form again, with what is wrong at each field."""
        by.must(self.right)
        form = await read_form(request)
        if form.has("add_line"):
            return await self.draw(request, by, self.sent(form).longer(self.blank), number, 200)
        if number:
            more["version"] = form.version
        try:
            done = await commit(verb, *which, self.entered(form), by=by, key=form.key, body=form.body, **more)
        except Refused as refused:
            shown = self.sent(form).refused(refused, self.blank)
            return await self.draw(request, by, shown, number, refused.status)
        number = number or done.answer["number"]
        return see(f"{self.path}/{number}", _(said, number=number))
