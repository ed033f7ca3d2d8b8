"""Returns as data: columns, fields, grouping, print."""
