"""Measuring and calibrating: not part of what is served."""
