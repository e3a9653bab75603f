"""Proofs of who somebody is that others make: their passkey's signature, their sign-on service.

What is here takes long to load, so nothing of it is loaded before somebody comes in that way.
"""
