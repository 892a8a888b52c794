"""Every page in every state: nothing for axe to find, no sideways scrolling, nothing the browser complains about."""

import pytest

from .audit import audit
from .reach import go_to
from .states import NOT_A_PAGE, all_states, refused_admin_views, site_map

STATES = all_states()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_state_is_accessible(desks, checked, state):
    page = desks(state.role)

    found = audit(page) if (status := go_to(state, page)) == state.status else [f"answers {status}"]

    if found := found + page.watch.found:
        pytest.fail("\n".join(found), pytrace=False)
    checked.add(state.name)


def test_every_address_has_a_state():
    covered = {state.view for state in STATES} | set(NOT_A_PAGE) | refused_admin_views()

    assert site_map() - covered == set()


def test_every_state_has_a_name_of_its_own():
    names = [state.name for state in STATES]

    assert sorted(set(names)) == sorted(names)
