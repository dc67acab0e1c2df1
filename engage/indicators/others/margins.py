"""What the population is like, for weighting: the newest margins that were imported."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.extensions import db
from engage.indicators.others.models import Margin, MarginSet
from engage.indicators.q.weighted import Population


def margins_in_force(audience: str) -> Population | None:
    """The newest set that speaks of this audience; made-up ones only where there is no real one."""
    newest = (
        db.session.scalars(
            select(MarginSet)
            .where(
                MarginSet.retired_at.is_(None),
                MarginSet.margins.any(Margin.audience == audience),
            )
            .order_by(MarginSet.is_synthetic, MarginSet.as_of.desc(), MarginSet.id.desc())
            .options(joinedload(MarginSet.margins))
            .limit(1)
        )
        .unique()
        .first()
    )
    return None if newest is None else _plain(newest, audience)


def _plain(found: MarginSet, audience: str) -> Population:
    shares: dict[str, dict[str, float]] = {}
    for margin in found.margins:
        if margin.audience == audience:
            shares.setdefault(margin.variable, {})[margin.category] = margin.share
    return Population(
        shares=shares,
        code=found.code,
        title=found.title,
        source=found.source,
        as_of=found.as_of,
        is_synthetic=found.is_synthetic,
    )
