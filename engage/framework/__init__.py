"""What a county works towards, in its own words: ambitions, areas, audiences, indicators.

One folder of YAML files, the pack, read once into frozen values. Nothing here knows of surveys.
"""

from engage.framework.loading import load_pack
from engage.framework.pack import Ambition, Area, Audience, OtherAreaAnswer, Pack

__all__ = ["Ambition", "Area", "Audience", "OtherAreaAnswer", "Pack", "load_pack"]
