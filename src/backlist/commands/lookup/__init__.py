"""The papers behind sources without an address, from bibliographic services: `backlist lookup`.

Crossref, OpenAlex, DataCite and arXiv are asked for a title; `judge` says whether one of their
answers is the paper; `propose` writes it into `content/works.yaml`, where nothing that is there
changes. A service always answers something, so that what it puts first means nothing here: a
title has to be the same, and an author or the year has to agree.

The services' own Python clients were measured against what this needs, and none fits. habanero
(Crossref) has a base address, a timeout and `mailto`, but loses the headers of a refusal that
comes as JSON, and `Retry-After` with them, and brings a second HTTP stack. pyalex (OpenAlex) has
no timeout, its settings are global, and it repeats requests at https addresses only. arxiv has no
timeout, a fixed User-Agent, and repeats a refused request without regard to what the server said.
None keeps the answer it got. So `ask` makes plain requests through `http`, and each service is a
short module that writes an address and reads the documented answer.
"""

from backlist.commands.lookup.records import Finding, Found, Options, Report
from backlist.commands.lookup.run import look_up

__all__ = ["Finding", "Found", "Options", "Report", "look_up"]
