"""Mail in: from an export on disk to a ``Message`` a stage can read.

``sources`` finds the raw mails (``mbox`` splits), ``headers`` reads their heads, ``threads`` and ``screen`` settle
which of them need an answer, ``read`` makes the ``Message``. Every mail ends as a ``Message`` or as an
``UnreadableError``. Left out: IMAP, and packed exports. Nothing here writes, and nothing reaches the network.
"""
