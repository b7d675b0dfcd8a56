"""The values of the harness: cases, rubrics, judgements, records. Frozen and strict, as the pipeline's own."""
