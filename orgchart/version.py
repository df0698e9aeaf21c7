"""The version of orgchart."""

__version__ = "0.1.0"
