"""What a person opens: threaded drafts, an mbox of them, a review page and a listing. Nothing here sends anything."""
