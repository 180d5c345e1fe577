"""Verbs of jobs: the only writers of their states."""
