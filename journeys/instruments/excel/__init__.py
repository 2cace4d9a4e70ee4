"""Forms as Excel workbooks: written blank, read filled in."""
