"""The bloc's definitions (`sheets/`): dated, cited data, loaded strictly and cross-checked."""
