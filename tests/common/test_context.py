"""What a page asks once, a verb asks each time."""

from agency.common.context import answers, forget, once, remembering


def ask(found):
    return once("key", lambda: found.append(1) or len(found))


def test_a_page_asks_once():
    token, found = answers.set({}), []
    try:
        assert [ask(found), ask(found)] == [1, 1]
    finally:
        answers.reset(token)


def test_outside_a_page_it_is_asked_each_time():
    found = []
    assert [ask(found), ask(found)] == [1, 2]


def test_nothing_is_remembered_from_one_page_to_the_next(client, ae):
    client.force_login(ae)
    assert client.get("/").status_code == 200
    assert answers.get() is None


def test_a_step_of_the_clock_asks_once_and_forgets_after_a_failure():
    found = []
    with remembering():
        assert [ask(found), ask(found)] == [1, 1]
        forget()
        assert ask(found) == 2
    assert ask(found) == 3
