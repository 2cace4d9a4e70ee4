"""The embedded engine: ArcadeDB in a child process of ours, with its Bolt listener on loopback."""
