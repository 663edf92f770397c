"""Calls to third parties. Each call is a job: a row with its state, its tries, what was asked and answered, and a retry button.

A job is written in the transaction that needs it and called afterwards. A write that got no answer is *unknown*: it is
sent again only where the other side throws away what it has had before. Secrets are never in a job.
"""
