"""Gettext catalogues: entries, merging, and what Glossa writes into their comments. Pure."""
