"""The ways out: files, MkDocs."""
