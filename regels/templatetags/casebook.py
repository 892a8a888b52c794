"""What a case says about itself to machines."""

from django import template
from django.conf import settings

from zorgpact.templatetags.metadata import data

register = template.Library()


@register.simple_tag(takes_context=True)
def case_data(context):
    """The question with its answer. Of what is made up nothing is said."""
    case = context["case"]
    if case.is_sample:
        return ""
    return data(
        {
            "@type": "QAPage",
            "url": settings.PORTAL_URL + case.get_absolute_url(),
            "mainEntity": {
                "@type": "Question",
                "name": case.question,
                "answerCount": 1,
                "acceptedAnswer": {"@type": "Answer", "text": case.answer},
            },
        }
    )
