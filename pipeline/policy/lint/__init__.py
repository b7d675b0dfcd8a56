"""A look at a whole policy that loads: what can never happen, what says too little, what could leave a client stranded.

It is exact: each fact's values fall into finitely many cells, and every claim of the lint holds for all of them.
"""
