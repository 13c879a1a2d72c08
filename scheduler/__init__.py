"""Time: the clock, and carrying out what is due."""
