"""The demo agency of domain.md section 11: people who do not exist, dates relative to today."""
