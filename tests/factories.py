"""Things to test with. Each has what it needs to exist, and no more."""

from collections.abc import Sequence
from datetime import UTC, datetime

import factory
from factory.alchemy import SQLAlchemyModelFactory
from flask_security import hash_password

from engage.extensions import db
from engage.people.models import Organisation, Role, Staff
from engage.people.operations import set_authenticator
from engage.safeguarding.models import SafeguardingPlan
from engage.safeguarding.queries import plan_of

PASSWORD = "three quiet lanterns"
# What an authenticator app would hold. Tests may know it; nobody else may.
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Factory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "flush"


class OrganisationFactory(Factory):
    class Meta:
        model = Organisation

    code = factory.Sequence("council-{}".format)
    name = factory.Sequence("Council {}".format)
    short_name = factory.SelfAttribute("name")


def roles_named(names: Sequence[str]) -> list[Role]:
    known = {role.name: role for role in db.session.query(Role).where(Role.name.in_(names))}
    return [known.get(name) or Role(name=name) for name in names]


class StaffFactory(Factory):
    """StaffFactory(roles=["analyst"], has_app=True). Without an app they have yet to set it up."""

    class Meta:
        model = Staff

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Sam Officer {}".format)
    email = factory.Sequence("sam{}@council.example".format)
    password = factory.LazyFunction(lambda: hash_password(PASSWORD))
    active = True
    fs_uniquifier = factory.Sequence("staff-{}".format)

    @classmethod
    def _build(cls, model_class, *args, **kwargs):
        has_app = kwargs.pop("has_app", False)
        staff = model_class(*args, roles=roles_named(kwargs.pop("roles", ["reader"])), **kwargs)
        if has_app:
            set_authenticator(staff, TOTP_SECRET)
        return staff

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        staff = cls._build(model_class, *args, **kwargs)
        db.session.add(staff)
        db.session.flush()
        return staff


def ready_plan(organisation: Organisation) -> SafeguardingPlan:
    """Somebody is there: surveys of this organisation may ask people to write. Once is enough."""
    if plan := plan_of(organisation.id):
        return plan
    lead, deputy = StaffFactory.build_batch(2, organisation=organisation, roles=[])
    lead.roles = deputy.roles = roles_named(["safeguarding_lead"])
    organisation.help_phone = organisation.help_phone or "01632 960118"
    organisation.help_hours = organisation.help_hours or "9am to 5pm, Monday to Friday"
    organisation.out_of_hours_phone = organisation.out_of_hours_phone or "01632 960119"
    plan = SafeguardingPlan(
        organisation=organisation,
        lead=lead,
        deputy=deputy,
        service_head_email="head@council.example",
        hours="9am to 5pm, Monday to Friday",
        tested_at=datetime.now(UTC),
    )
    db.session.add(plan)
    db.session.flush()
    return plan
