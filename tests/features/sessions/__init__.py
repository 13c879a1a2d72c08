"""Sessions, as those who plan them and those who come live them."""
