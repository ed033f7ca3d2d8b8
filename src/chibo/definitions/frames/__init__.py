"""Criteria frames as data: their parts, how they are loaded and cross-checked."""
