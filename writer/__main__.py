"""Run the command line with ``python -m writer``."""

from writer.cli.main import main

if __name__ == "__main__":
    main()
