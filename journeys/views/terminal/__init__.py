"""What a command prints in a terminal."""
