"""Why a lot stays unsold, the smallest changes that would sell it, and what one more tonne is worth to whom."""
