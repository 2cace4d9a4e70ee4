"""Pictures as SVG: the journey map, the network, charts of measures."""
