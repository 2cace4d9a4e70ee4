"""Other people's tables: the map beside each says how its rows become nodes and claims."""
