"""Keeping the house running: starting and stopping, its tables' history, backups, certificates, words.

A backup that was not opened and checked is no backup. What happens at night stands in tasks/schedule.py.
"""
