"""Jobs, and the settings of each channel."""

from app.core import columns as c


class IntegrationJob(c.Table, tablename="integration_jobs"):
    """One call. `key` is its business key, once per house; `payload` what it is about, `message` what is sent, made at
    the first try (`first_at`) and the same ever after; `began_at` is the last try; `request` and `answer` what went over
    the wire, without secrets."""

    target = c.words(20)
    action = c.words(40)
    key = c.code(120)
    label = c.words(200)
    receiver = c.words(120)
    state = c.words(20)
    tries = c.count()
    due_at = c.instant()
    made_at = c.instant()
    first_at = c.instant(optional=True)
    began_at = c.instant(optional=True)
    ended_at = c.instant(optional=True)
    code = c.words(40)
    said = c.words(300)
    payload = c.document()
    message = c.document("")
    request = c.document("")
    answer = c.document("")
    version = c.version()


class ChannelSetting(c.Table, tablename="channel_settings"):
    """How one channel is reached: `plain` as JSON, `sealed` the secrets as JSON of sealed texts."""

    channel = c.code(20)
    plain = c.document()
    sealed = c.document()
    version = c.version()


INDEXES = (
    "create index integration_jobs_due on integration_jobs (due_at, id) where state = 'waiting'",
    "create index integration_jobs_state on integration_jobs (state, id)",
    "create index integration_jobs_receiver on integration_jobs (target, receiver, state)",
)
