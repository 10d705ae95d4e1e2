from __future__ import annotations

from bot.staff.queue.lines import add_alias, add_example, add_phrasing

FILE = """# đầu tệp
"1.900001":   # nuôi ong
  documents:
    - 'cần gì, nộp đâu'
    # ghi chú ở giữa
    - câu hai
  fees: [bao nhiêu]

# thẻ
"2.900003":
  place:
    - ở đâu
"""
NLU = """version: "3.1"

nlu:
  - intent: insult
    examples: |
      - một
      - hai

  # gần nhất: insult
  - intent: out_of_scope
    examples: |
      - ba
"""


def test_a_phrasing_goes_to_the_end_of_its_group_and_nothing_else_moves() -> None:
    after = add_phrasing(FILE, "1.900001", ("documents",), "mua ong: cần gì")
    assert after == FILE.replace("    - câu hai\n", "    - câu hai\n    - 'mua ong: cần gì'\n")


def test_a_phrasing_joins_a_list_in_brackets() -> None:
    assert "  fees: [bao nhiêu, 'phí, bao nhiêu']\n" in add_phrasing(FILE, "1.900001", ("fees",), "phí, bao nhiêu")


def test_a_new_group_and_a_new_code_are_added_where_they_belong() -> None:
    assert "  fees: [bao nhiêu]\n  duration+online:\n    - mấy ngày\n\n# thẻ" in add_phrasing(FILE, "1.900001", ("online", "duration"), "mấy ngày")
    assert add_phrasing(FILE, "1.900009", (), "gì").endswith('    - ở đâu\n"1.900009":\n  overview:\n    - gì\n')


def test_what_is_there_is_not_added_again() -> None:
    assert add_phrasing(FILE, "1.900001", ("fees",), "câu hai") == FILE
    assert add_example(NLU, "insult", "hai") == NLU


def test_an_alias_joins_those_of_any_form() -> None:
    assert add_alias("name: Ong\naliases: [a, b]  # tên\nx: 1\n", "c: d") == "name: Ong\naliases: [a, b, 'c: d']  # tên\nx: 1\n"
    assert add_alias("name: Ong\naliases:\n  - a\n# x\nx: 1\n", "b") == "name: Ong\naliases:\n  - a\n  - b\n# x\nx: 1\n"
    assert add_alias("name: Ong\nx: 1\n", "b") == "name: Ong\naliases: [b]\nx: 1\n"


def test_an_example_goes_to_the_end_of_its_intent() -> None:
    assert add_example(NLU, "insult", "mới") == NLU.replace("      - hai\n", "      - hai\n      - mới\n")
    assert add_example(NLU, "out_of_scope", "mới") == NLU + "      - mới\n"
    assert add_example(NLU, "greet", "chào") is None
