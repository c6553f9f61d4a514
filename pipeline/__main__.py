"""`python -m pipeline`."""

import sys

if __name__ == "__main__":
    try:
        from pipeline.cli import main

        status = main()
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the output is as it was before\n")
        status = 130
    sys.exit(status)
