"""Rubrics: versioned files of criteria, the code that scores what code can score, and the axes of candor."""
