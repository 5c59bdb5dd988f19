"""The program around its commands: start, groups, help, options, errors, completion.

`hri --help` imports nothing but this; what commands are made of is in `cli.base`.
"""
