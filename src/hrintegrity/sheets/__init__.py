"""Tables in and out: csv and workbooks, with the columns declared as data.

The only user of spreadsheet libraries. `columns` says what a table holds, `reading` takes what
offices send, `writing` makes what they get, `scoresheet` the form for scoring by hand.
"""
