"""Other people's tables: a map beside each says how its rows become nodes and claims."""
