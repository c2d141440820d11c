"""Production and model cards in, plan out: a pure function that decides everything in advance.

Nothing here reads a file, calls a provider or asks for a key; a plan can be priced, shown and
stored before anything is rendered.
"""
