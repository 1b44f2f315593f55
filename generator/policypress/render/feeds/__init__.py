"""Feeds of what happens to a policy: for each language Atom (RFC 4287) and JSON Feed 1.1."""
