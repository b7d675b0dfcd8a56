"""Every kind of inbox, each read as a stream of ``Raw`` mails.

``open`` tells which kind it is, by content first; ``labels`` knows where an export keeps sent, unsent and discarded
mail. Left out: IMAP and anything else that needs the network, and packed archives.
"""
