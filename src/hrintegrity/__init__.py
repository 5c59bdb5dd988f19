"""hri: the integrity notice 京人社市场发〔2013〕220号 as a working tool."""

__version__ = "0.1.0"
