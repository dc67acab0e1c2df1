"""Things to test with. Each has what it needs to exist, and no more."""

import factory
from factory.alchemy import SQLAlchemyModelFactory
from flask_security import hash_password

from engage.extensions import db
from engage.people.models import Organisation, Role, Staff
from engage.people.operations import set_authenticator

PASSWORD = "three quiet lanterns"
# What an authenticator app would hold. Tests may know it; nobody else may.
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Factory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"


class OrganisationFactory(Factory):
    class Meta:
        model = Organisation

    code = factory.Sequence("council-{}".format)
    name = factory.Sequence("Council {}".format)
    short_name = factory.SelfAttribute("name")


class RoleFactory(Factory):
    class Meta:
        model = Role
        sqlalchemy_get_or_create = ("name",)

    name = "reader"


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
    def _create(cls, model_class, *args, **kwargs):
        roles = [RoleFactory(name=name) for name in kwargs.pop("roles", ["reader"])]
        has_app = kwargs.pop("has_app", False)
        staff = model_class(*args, roles=roles, **kwargs)
        if has_app:
            set_authenticator(staff, TOTP_SECRET)
        db.session.add(staff)
        db.session.commit()
        return staff
