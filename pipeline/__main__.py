"""`python -m pipeline`."""

import gc
import sys

# Importing the libraries leaves millions of lasting objects, which Python's collector would go
# through again and again; garbage in cycles is rare here.
gc.set_threshold(1_000_000, 50, 50)

_ELSEWHERE = (
    "error: the library `{}` is not installed for this Python\n"
    "hint: run `make extract` once, then `.venv/bin/city-profiles`\n"
)

if __name__ == "__main__":
    try:
        try:
            from pipeline.cli import main
        except ModuleNotFoundError as error:
            sys.stderr.write(_ELSEWHERE.format(error.name))
            sys.exit(2)
        status = main()
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the output is as it was before\n")
        status = 130
    gc.freeze()  # else the interpreter's end goes through all those objects once more
    sys.exit(status)
