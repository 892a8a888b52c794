"""Who may do what with a question, a case or an obstacle. Each gives why not, or nothing."""

from django.contrib.auth import get_user_model

from .models import Ministry, Question

PUBLISH = "regels.publish_case"
ONLY_OFFICERS = "Alleen een ambtenaar van het ministerie dat deze vraag heeft, kan dit doen."


def is_officer(user):
    return user is not None and user.is_active and user.has_perm(Question.ANSWER)


def is_team(user):
    return user is not None and user.is_active and user.has_perm(Question.ASSIGN)


def ministries_of(user):
    """For which this person is an officer; read once for a person, as Django does with the rights."""
    if not hasattr(user, "_ministries"):
        user._ministries = list(Ministry.objects.of(user))
    return user._ministries


def works_for(user, record):
    """Whether it is of a ministry of this officer, or of none yet."""
    if not is_officer(user):
        return False
    return record.ministry_id is None or record.ministry_id in _numbers(ministries_of(user))


def is_named(user, question):
    """Whether a ministry of this officer is named on the question."""
    return is_officer(user) and not _numbers(question.also_ministries.all()).isdisjoint(_numbers(ministries_of(user)))


def _numbers(records):
    return {record.pk for record in records}


def team_members():
    return get_user_model().objects.who_may(Question.ASSIGN)


# --- Questions ------------------------------------------------------------------------------------


def only_nobody(question, user):
    """The asker, or a nightly job: whoever looked the question up by its secret link, and has no account."""
    return "" if user is None else "Alleen de vrager kan dit doen."


def only_officers(question, user):
    return "" if works_for(user, question) or is_named(user, question) else ONLY_OFFICERS


def officers_and_team(question, user):
    return "" if is_team(user) else only_officers(question, user)


def second_reader(question, user):
    """An officer or the team, and never who wrote the answer."""
    if problem := officers_and_team(question, user):
        return problem
    if question.answers.filter(sent_at=None, writers=user).exists():
        return "U schreef mee aan dit antwoord. Een collega leest het na."
    return ""


def may_send(question, user):
    """Officers; the team where the ministry chose that an answer goes at once on approval."""
    if is_team(user) and question.ministry and question.ministry.sends_at_once:
        return ""
    return only_officers(question, user)


# --- Cases and obstacles --------------------------------------------------------------------------


def only_writers_of_cases(case, user):
    """Officers of the ministry of the case."""
    return "" if works_for(user, case) else "Alleen een ambtenaar van het ministerie van deze casus kan dit doen."


def case_officers_and_team(case, user):
    return "" if is_team(user) else only_writers_of_cases(case, user)


def second_reader_of_case(case, user):
    if problem := case_officers_and_team(case, user):
        return problem
    if case.writers.filter(pk=user.pk).exists():
        return "U schreef mee aan deze casus. Een collega leest de casus na."
    return ""


def only_movers(obstacle, user):
    if works_for(user, obstacle):
        return ""
    return "Alleen een ambtenaar van het ministerie van deze belemmering kan dit doen."
