"""A test message: a job like any other, so that what the button shows is what will happen."""

from app.core import clock, ids, text
from app.core.refusals import REQUIRED, Refused
from app.core.words import _
from app.events.log import record
from app.integrations import channels, jobs
from app.integrations.events import ChannelTested
from app.integrations.permissions import EDIT
from app.integrations.refusals import BAD_ADDRESS, NOT_SET_UP
from app.integrations.tables import IntegrationJob
from app.people.actors import Actor


async def send_test(channel: str, to: str, url: str, *, by: Actor) -> IntegrationJob:
    """Write a test message to one address of a channel that is set up."""
    by.must(EDIT)
    receiver = text.clean(to)[:120]
    if not receiver:
        raise Refused(REQUIRED, "to")
    if channel == jobs.MAIL and not channels.is_address(receiver):
        raise Refused(BAD_ADDRESS, "to")
    if not await channels.is_set_up(channel):
        raise Refused(NOT_SET_UP, "to")
    said = _(
        "This is a test from %(name)s at %(time)s", name=by.name, time=f"{clock.local(clock.now()):%H:%M:%S}"
    )
    message = {
        "title": said, "lines": [{"text": said, "url": url}], "url": url, "time": f"{clock.local(clock.now()):%m-%d %H:%M}",
        "button": _("Look at it"), "foot": _("Somebody who sets up messages sent this to try the way"),
    }  # fmt: skip
    payload = {"to": receiver}
    job = await jobs.write(channel, "test", f"test:{ids.key()}", said, receiver, payload, message=message)
    await record(
        ChannelTested(subject=("integration_job", job.id), target=jobs.TARGETS[channel], receiver=receiver),
        by=by,
    )
    return job
