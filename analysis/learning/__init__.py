"""Learning the strengths of links from what came of households' findings. Begin at `learn.py`."""
