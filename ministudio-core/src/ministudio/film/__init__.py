"""Clips become a film: laid out, joined, given sound, subtitles and chapters.

Clips come in as files; where they came from, and what they cost, is known elsewhere.
"""
