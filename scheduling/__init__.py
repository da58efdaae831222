"""The field: fairs, markets, classes and the rules they live by. Knows no web."""
