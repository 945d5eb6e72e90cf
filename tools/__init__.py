"""Set-up and checks behind the Makefile; what runs before .venv/ exists needs only the standard library."""
