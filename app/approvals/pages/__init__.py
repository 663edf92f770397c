"""Pages of approvals: the inbox where requests are decided, the rules that put them there, who decides for whom."""

from app.approvals.pages import delegations, inbox, rules

ROUTES = [*inbox.ROUTES, *rules.ROUTES, *delegations.ROUTES]
