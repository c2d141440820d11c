"""Helpers for tests, of the core and of plugins: clips, and kits that check a contract."""
