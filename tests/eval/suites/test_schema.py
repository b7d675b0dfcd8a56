from eval.suites.schema import schema


def test_the_schema_names_every_field_of_a_case_and_refuses_others() -> None:
    found = schema()

    assert {"id", "mail", "expected", "must_not", "split"} <= set(found["properties"])  # type: ignore[arg-type]
    assert found["additionalProperties"] is False
    assert found["required"] == ["id", "language", "business", "day", "mail", "expected"]
