"""Files as a translator sends them, for tests."""

from engage.surveys.translation import texts_of
from engage.surveys.translation_checks import FileText, TranslationFile
from tests.survey_factories import small_definition


def a_file(definition=None, language="pl", survey="parks-2026", version=2, **targets):
    """The file of a survey with these words by id, "/" written as "_"."""
    texts = texts_of(definition or small_definition(), language)
    lines = tuple(
        FileText(text.id, text.english, targets.get(text.id.replace("/", "_"), text.target))
        for text in texts
    )
    return TranslationFile(survey, version, language, lines)


def only(file, wanted, **changes):
    """A file with that line alone, changed."""
    (line,) = [line for line in file.texts if line.id == wanted]
    values = {"id": line.id, "english": line.english, "target": line.target} | changes
    return TranslationFile(file.survey, file.version, file.language, (FileText(**values),))
