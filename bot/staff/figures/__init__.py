"""Figures: what was asked and answered, how right it was, and the reports made of it."""
