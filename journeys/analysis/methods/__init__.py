"""Published methods for graphs and sequences. Nothing here knows what a claim or a study is."""
