"""Glossa: a glossary and translation aid that renders English articles into Khmer and Japanese, offline."""

__version__ = "0.1.0"
