"""The door of every command: `workbench` and `python -m workbench`."""

import sys


def main() -> None:
    """Load the commands and run one; loading them takes a second, which Ctrl-C may end."""
    try:
        from workbench.cli import main as run  # noqa: PLC0415 - so that its loading can be ended
    except KeyboardInterrupt:
        sys.stderr.write("Aborted.\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
