"""What people keep of a list: views under a name, and its columns."""

from litestar import Request, Response, post

from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _
from app.people.actors import Actor
from app.web import saved_views
from app.web.input import Input, read_form
from app.web.render import see


def _list_of(form: Input) -> tuple[str, str, str]:
    """Which list, at which address of this house, with which query."""
    name, query, path = (
        form.text("list", 40, required=True),
        form.text("query", 500),
        form.text("path", 100),
    )
    form.check()
    if not path.startswith("/") or path.startswith("//"):
        raise Refused(NOT_FOUND)
    return name, path, query


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@post("/views", status_code=303)
async def save_view(request: Request, by: Actor) -> Response[None]:
    """Keep the filter of a list under a name, with the columns shown if that is wanted."""
    form = await read_form(request)
    name, columns = form.text("name", 40, required=True), form.text("with_columns", 300)
    list_name, path, query = _list_of(form)
    if columns:
        query = saved_views.with_columns(query, columns)
    await saved_views.keep_view(list_name, name, query, form.flag("for_team"), by)
    return see(_address(path, saved_views.normal(query)), _("View “%(name)s” saved", name=name))


@post("/views/{view:int}/drop", status_code=303)
async def drop_view(request: Request, view: int, by: Actor) -> Response[None]:
    """Forget a view of one's own."""
    form = await read_form(request)
    _name, path, _query = _list_of(form)
    if not await saved_views.drop_view(view, by):
        raise Refused(NOT_FOUND)
    return see(path, _("The view is gone"))


@post("/views/{view:int}/rename", status_code=303)
async def rename_view(request: Request, view: int, by: Actor) -> Response[None]:
    """Call a view of one's own something else."""
    form = await read_form(request)
    name = form.text("name", 40, required=True)
    _list, path, query = _list_of(form)
    if not await saved_views.rename_view(view, name, by):
        raise Refused(NOT_FOUND)
    return see(_address(path, query), _("The view is called “%(name)s” now", name=name))


@post("/columns", status_code=303)
async def choose_columns(request: Request, by: Actor) -> Response[None]:
    """Which columns of a list are shown, in which order; none or `reset`: those of the list itself."""
    form = await read_form(request)
    columns = "" if form.flag("reset") else form.text("column[]", 300)
    list_name, path, query = _list_of(form)
    return see(_address(path, await saved_views.keep_columns(list_name, columns, query, by)))


ROUTES = [save_view, rename_view, drop_view, choose_columns]
