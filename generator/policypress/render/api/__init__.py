"""The JSON API: objects of the ledger's values, and the units of the site that hold them."""
