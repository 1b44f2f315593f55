"""Values become {path: text}; nothing is written here."""
