from pressroom.cms.transfer.report import EXAMPLES, Report


def test_it_counts_all_and_keeps_a_few_examples() -> None:
    report = Report()
    for number in range(1_000):
        report.left_out("menus", "belong elsewhere", f"menu {number}")
    (entry,) = report.as_json()["left_out"]
    assert (entry["count"], len(entry["examples"])) == (1_000, EXAMPLES)


def test_a_person_reads_what_was_taken_changed_and_left_out() -> None:
    report = Report()
    report.taken["posts"] += 1_234
    report.present["posts"] += 5
    report.changed("posts", "lost its menu", "a-post")
    lines = report.as_text().splitlines()
    assert lines[1].split() == ["posts", "1,234", "5"]
    assert lines[2:] == ["", "Changed", "      1 posts: lost its menu", "        a-post"]
