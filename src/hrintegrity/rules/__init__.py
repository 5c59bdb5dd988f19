"""What follows from the notice: pure functions, without files, clock or archive."""
