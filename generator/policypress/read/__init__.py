"""The ways in: files become values, with positions."""
