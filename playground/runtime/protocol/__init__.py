"""The live channel, declared once for both of its ends: what a page says, what a server says, how it is packed.

`page` has the messages of a page, `server` those of a server, `packing` their bytes, `closing` the close codes, and
`limits` the numbers that both ends must know. The JavaScript of the pages is made from these declarations.
"""
