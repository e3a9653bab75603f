"""Docket papers, made up in the forms the courts and services use."""
