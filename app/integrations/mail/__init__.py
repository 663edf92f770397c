"""Mail, sent by the house's own mail account."""
