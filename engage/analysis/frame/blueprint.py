"""The address under which people make the frame of themes theirs."""

from flask import Blueprint

bp = Blueprint("frame", __name__, url_prefix="/staff/surveys/<slug>/frame")
