"""Opening other people's files safely: cells with addresses, and nothing known of what they mean.

``workbook.read_workbook``, ``delimited.iter_csv``, ``jsonfile.iter_json`` and ``yamlfile.read_yaml`` each take a path,
the file's name for addresses, and where to report problems. They go on reading past what can be left out, and raise
UnreadableFile, and nothing else, for a file that cannot be read.
"""
