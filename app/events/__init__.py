"""What happened. One append-only log is audit trail, timeline, outbox and source of every "when and who"."""
