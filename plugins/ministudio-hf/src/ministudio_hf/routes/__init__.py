"""How each provider behind the router is asked, as pure functions from and to JSON.

What comes in is an ``Ask``; what goes out are paths, bodies and views of jobs. No I/O.
"""
