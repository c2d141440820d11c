"""MiniStudio: films with generative video models, as code."""
