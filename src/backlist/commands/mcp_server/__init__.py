"""A published archive for programs that ask: a read-only server of the Model Context Protocol.

`reading` gets the files of a site from its folder or its address, `published` has what they say,
`page_text` the passages of a page where no corpus is published, `search` finds among them,
`answers` are what a tool returns, and `server` speaks the protocol (https://modelcontextprotocol.io).
Only what a site publishes is read, so nothing else can be told.
"""
