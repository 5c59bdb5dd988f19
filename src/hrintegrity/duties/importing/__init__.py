"""Tables that offices send: all rows or none, each wrong row named, what is there left as it is."""
