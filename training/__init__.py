"""Tuning the encoder, apart from everything that serves: needs torch, which lives in its own environment (make train-encoder)."""
