"""Why a channel is not set up, or a call not made again."""

from app.core.refusals import Reason
from app.core.words import N_

BAD_ADDRESS = Reason("bad_address", N_("This is not a mail address"))
BAD_HOST = Reason("bad_host", N_("Write a host name without http:// and path"))
BAD_URL = Reason("bad_url", N_("Write an address that begins with https://"))
BAD_CORP = Reason("bad_corp", N_("A corp id begins with ww, then letters and digits"))
BAD_AGENT = Reason("bad_agent", N_("The agent id is a number"))
NOT_SET_UP = Reason("channel_not_set_up", N_("Set the channel up first"), 409)
