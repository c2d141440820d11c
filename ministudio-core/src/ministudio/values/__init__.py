"""Small values shared by every room: secrets, money, hashes, sizes, names.

Nothing here knows what a film, a plugin or a provider is.
"""
