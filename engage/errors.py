"""What can go wrong in the domain. Views and the app factory decide how it looks over HTTP."""


class EngageError(Exception):
    """Base of every error the domain raises on purpose. Its text is fit for a person to read."""


class ClosedError(EngageError):
    """The survey or response no longer takes changes."""


class FrozenError(EngageError):
    """A published version never changes: people have already answered it."""


class InvalidInputError(EngageError):
    """What came from outside cannot be used, and the message says why."""


class NotReadyError(EngageError):
    """Something is still missing before this can be done, and the message says what."""
