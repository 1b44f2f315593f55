"""The JSON API: the shape of every object, their schemas, and their description as OpenAPI."""
