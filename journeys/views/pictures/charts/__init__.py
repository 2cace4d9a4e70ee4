"""Charts drawn with matplotlib: the canvas they share, its SVG, and one module for each kind of chart."""
