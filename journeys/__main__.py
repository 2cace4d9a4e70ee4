"""``python -m journeys``."""

from journeys.cli.main import run

if __name__ == "__main__":
    run()
