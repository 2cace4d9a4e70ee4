"""Open other people's files safely and return cells with addresses, without interpreting them.

``workbook.read_workbook``, ``delimited.iter_csv``, ``jsonfile.iter_json`` and ``yamlfile.read_yaml`` each take a path,
the file's name for addresses, and where to report problems. They report what they leave out and go on; for a file that
cannot be read they raise UnreadableFile and no other error.
"""
