"""Who helps whom: the chains agency - programme - enterprise - cooperative - household, whole and broken."""
