"""What the forms on the page of a theme do, wherever the theme's address is. HTTP only."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from engage.analysis import operations, queries
from engage.analysis.forms import DefinitionForm, MergeForm, NestForm, SetAsideForm
from engage.analysis.frame import operations as frame
from engage.analysis.frame.showing import (
    Forms,
    Target,
    address_of,
    choose,
    others,
    reading_of,
    target_at,
    theme_form,
    theme_page,
    words_page,
)
from engage.analysis.frame.words import words_under
from engage.analysis.models import Theme
from engage.errors import EngageError
from engage.extensions import db
from engage.people.access import Permission, current_staff, may
from engage.people.audit import record
from engage.surveys.asked import page_number
from engage.surveys.models import Survey


def decide(survey: Survey, target: Target, deed: str) -> ResponseReturnValue:
    form = theme_form()
    if not form.validate_on_submit():
        return again(survey, target, Forms(theme=form))
    name, by = form.name.data, current_staff()
    if deed == "accept":
        ambition = form.ambition.data or None
        return did(
            survey,
            target,
            lambda: operations.accept(target, name, by, ambition),
            _("Accepted. You can now write what was done about it."),
            Forms(theme=form),
        )
    return did(
        survey,
        target,
        lambda: operations.rename(target, name, by),
        _("The theme has your name now."),
        Forms(theme=form),
    )


def set_aside(survey: Survey, target: Target) -> ResponseReturnValue:
    form = SetAsideForm()
    if not form.validate_on_submit():
        return again(survey, target, Forms(aside=form))
    return did(
        survey,
        target,
        lambda: operations.set_aside(target, current_staff(), form.reason.data or ""),
        _("Set aside. The comments behind it can still be read."),
        Forms(aside=form),
    )


def take_back(survey: Survey, target: Target) -> ResponseReturnValue:
    theme = target if isinstance(target, Theme) else queries.theme_of(target)
    if theme is None:
        raise NotFound
    operations.take_back(theme, current_staff())
    flash(_("The decision is taken back. You can undo this in the history."))
    return redirect(url_for("analysis.themes", slug=survey.slug), 303)


def define(survey: Survey, target: Target) -> ResponseReturnValue:
    form = DefinitionForm()
    if not form.validate_on_submit():
        return again(survey, target, Forms(definition=form))
    return did(
        survey,
        target,
        lambda: frame.define(target, form.definition.data or "", current_staff()),
        _("Kept. Those who code will read it."),
        Forms(definition=form),
    )


def critical(survey: Survey, target: Target, is_critical: bool) -> ResponseReturnValue:
    said = _("Marked as critical. It stands first, however few people said it.")
    return did(
        survey,
        target,
        lambda: frame.mark_critical(target, is_critical, current_staff()),
        said if is_critical else _("It is no longer marked as critical."),
        Forms(),
    )


def merge(survey: Survey, target: Target) -> ResponseReturnValue:
    form = MergeForm()
    choose(form, "into", survey, target)
    if not form.validate_on_submit():
        form.into.errors = [_("Choose the theme to merge it into")]
        return again(survey, target, Forms(merge=form))
    into = target_at(survey, form.into.data)
    return did(
        survey,
        into,
        lambda: frame.merge(target, into, current_staff()),
        _("Merged. All the sentences count under this theme now."),
        Forms(merge=form, field="into", shown=target),
    )


def nest(survey: Survey, target: Target) -> ResponseReturnValue:
    form = NestForm()
    choose(form, "parent", survey, target, ("", _("No other theme")))
    if not form.validate_on_submit():
        form.parent.errors = [_("Choose a theme, or none")]
        return again(survey, target, Forms(nest=form))
    parent = target_at(survey, form.parent.data) if form.parent.data else None
    return did(
        survey,
        target,
        lambda: frame.nest(target, parent, current_staff()),
        _("Moved under that theme.") if parent is not None else _("It stands on its own now."),
        Forms(nest=form, field="parent"),
    )


def did(
    survey: Survey,
    target: Target,
    deed: Callable[[], object],
    words: str,
    forms: Forms,
) -> ResponseReturnValue:
    """Do it and show the theme; or show the page again with what was typed and what is wrong."""
    try:
        deed()
    except EngageError as error:
        # The page shows the theme as it stands, not as it was half changed.
        db.session.rollback()
        forms.errors = [(f"#{forms.field}", str(error))]
        return theme_page(survey, forms.shown or target, forms), 409
    flash(words)
    theme = target if isinstance(target, Theme) else queries.theme_of(target)
    return redirect(address_of(survey, theme or target), 303)


def again(survey: Survey, target: Target, forms: Forms) -> ResponseReturnValue:
    given = [forms.theme, forms.aside, forms.definition, forms.merge, forms.nest]
    forms.errors = [
        (f"#{name}", texts[0])
        for form in given
        if form is not None
        for name, texts in form.errors.items()
        if name
    ]
    return theme_page(survey, target, forms), 422


def words(survey: Survey, target: Target) -> ResponseReturnValue:
    """Reading what people wrote is recorded, so it is a POST."""
    reading = reading_of(survey, target)
    record(current_staff(), "read the words behind a theme", survey.slug, theme=reading.name)
    may_move = may(Permission.CURATE) and reading.state != "merged"
    return words_page(
        survey,
        reading.name,
        words_under(target, page_number()),
        total=reading.people,
        back=address_of(survey, target),
        choices=others(survey, target) if may_move else None,
        move_to=url_for("frame.move", slug=survey.slug, key=reading.key),
        split_to=url_for("frame.split", slug=survey.slug, key=reading.key),
    )
