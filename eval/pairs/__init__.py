"""Two drafts a case, wherever they were made, put to a judge in both orders. Left out: versions of one run."""
