"""Published methods for graphs and sequences. They are independent of claims and studies."""
