"""The whole archive as one bag (RFC 8493), which libraries take; and proving one.

A bag's `data/` is a site: a build of it, without any network, gives the bytes that a build of the
site gives. What is beside it can be read without this program.
"""
