"""Policies as code: clauses in YAML become a website, an API and a typed history."""

__version__ = "0.1.0"
