"""How far the tests of a suite come: counted, compared with a revision, and set as a page, as Markdown or as JSON."""
