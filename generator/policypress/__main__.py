"""`python -m policypress`."""

from policypress.cli.main import main

if __name__ == "__main__":
    main()
