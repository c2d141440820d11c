"""Plan in, clips out: the engine, the journal that survives a crash, the store of takes.

Providers are handed in; nothing here knows where they come from or what they need.
"""
