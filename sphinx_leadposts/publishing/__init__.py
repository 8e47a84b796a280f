"""What a site gives to other programs: feeds, heads of pages, redirects, its data.

Everything here is text made of plain values; no file is read or written. All addresses
that come in are absolute, unless their names say otherwise.
"""
