"""What each address of the brand's memory answers to each person (see agency/rights.py)."""

MEMORY = {}
