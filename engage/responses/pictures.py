"""Which picture stands beside an easy-read question. Data, by what the question is about."""

from engage.surveys.definition import QuestionDefinition

BY_PART_OF_Q = {
    "headline": "help",
    "domain_needs": "help",
    "domain_listened": "say",
    "domain_comms": "speak",
    "domain_joined": "people",
    "domain_timely": "time",
    "domain_info": "info",
    "confidence": "star",
    "pulse": "phone",
}
BY_ROLE = {
    "weight_area": "home",
    "weight_phase": "people",
    "weight_support": "help",
    "audience": "people",
    "screening": "people",
    "completion_mode": "people",
    "helped_how": "people",
    "setting_type": "school",
    "service_list": "people",
    "free_text": "write",
    "contact_optin": "phone",
    "quote_consent": "letter",
}
OTHERWISE = "say"


def picture_for(question: QuestionDefinition) -> str:
    """The name of a file in static/pictures, without its ending."""
    by_part = BY_PART_OF_Q.get(question.feeds_q)
    return by_part or BY_ROLE.get(question.role or "", OTHERWISE)
