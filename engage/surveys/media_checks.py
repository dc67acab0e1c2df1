"""Which sounds, films and captions are taken, decided by what the files hold. Pure."""

import re
from collections.abc import Mapping

from engage.errors import InvalidInputError
from engage.surveys.media_containers import BrokenFileError, Contents, contents_of

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
LARGEST_SOUND = MEGABYTE
LARGEST_VIDEO = 30 * MEGABYTE
LARGEST_CAPTIONS = 200 * KILOBYTE
LONGEST_TRANSCRIPT = 20_000  # letters

SOUND, SIGNS = "sound", "sign_language"
BSL = "bfi"  # British Sign Language, a language of its own, as ISO 639-3 calls it

# The only endings that are kept, and what a browser is told of each.
CONTENT_TYPES: Mapping[str, str] = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "weba": "audio/webm",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
}
CAPTIONS = "vtt"
ENDINGS = {content_type: ending for ending, content_type in CONTENT_TYPES.items()}

# By format: the ending we give it, and the codecs that people's browsers play.
SOUNDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "mp3": ("mp3", frozenset({"mp3"})),
    "mp4": ("m4a", frozenset({"mp4a"})),
    "ogg": ("ogg", frozenset({"opus", "vorbis"})),
    "webm": ("weba", frozenset({"A_OPUS", "A_VORBIS"})),
}
VIDEOS: Mapping[str, tuple[str, frozenset[str]]] = {
    "mp4": ("mp4", frozenset({"avc1", "avc3"})),
    "webm": ("webm", frozenset({"V_VP8", "V_VP9"})),
}

NO_SOUND = "This file is not a sound we can use. Send an MP3 or M4A file."
NO_VIDEO = "This file is not a video we can use. Send an MP4 file."
IS_VIDEO = "This file is a video. Send the sound alone, as MP3 or M4A."
IS_SOUND = "This file has a sound and no picture. Send the video, as MP4."
NOT_PLAYED = "Many phones cannot play this video. Save it as MP4 with H.264 and send it again."
SOUND_NOT_PLAYED = "Many phones cannot play this sound. Save it as MP3 and send it again."
BROKEN = "This file is broken or only part of it came. Save it again and send it again."
NO_CAPTIONS = (
    "This file is not captions we can use. Save them as WebVTT, a file that ends in .vtt, "
    "in UTF-8 letters."
)
NO_CUES = "This file has no captions in it. Each needs a line with its times, as in 00:01.000."
TIMES = re.compile(
    r"^(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}", re.MULTILINE
)
FIRST_LINE = re.compile(r"WEBVTT(?:[ \t][^\r\n]*)?(?:\r|\n|$)")


def ending_of_sound(content: bytes) -> str:
    """The ending for a recorded sound. Raises InvalidInputError, saying what is wrong."""
    _refuse_large(content, LARGEST_SOUND, "The sound is larger than 1 MB.")
    found = _read(content, NO_SOUND)
    if found.pictures:
        raise InvalidInputError(IS_VIDEO)
    if found.format not in SOUNDS or not found.sounds:
        raise InvalidInputError(NO_SOUND)
    ending, codecs = SOUNDS[found.format]
    if not codecs.issuperset(found.sounds):
        raise InvalidInputError(SOUND_NOT_PLAYED)
    return ending


def ending_of_video(content: bytes) -> str:
    """The ending for a sign-language video. Raises InvalidInputError, saying what is wrong."""
    _refuse_large(content, LARGEST_VIDEO, "The video is larger than 30 MB.")
    found = _read(content, NO_VIDEO)
    if found.sounds and not found.pictures:
        raise InvalidInputError(IS_SOUND)
    if found.format not in VIDEOS or not found.pictures:
        raise InvalidInputError(NO_VIDEO)
    ending, codecs = VIDEOS[found.format]
    if not codecs.issuperset(found.pictures):
        raise InvalidInputError(NOT_PLAYED)
    return ending


def ending_of_captions(content: bytes) -> str:
    """Raises InvalidInputError for what is not WebVTT, or holds no caption."""
    _refuse_large(content, LARGEST_CAPTIONS, "The captions are larger than 200 KB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInputError(NO_CAPTIONS) from error
    if "\0" in text or not FIRST_LINE.match(text):
        raise InvalidInputError(NO_CAPTIONS)
    if not TIMES.search(text):
        raise InvalidInputError(NO_CUES)
    return CAPTIONS


def _read(content: bytes, otherwise: str) -> Contents:
    try:
        found = contents_of(content)
    except BrokenFileError as error:
        raise InvalidInputError(BROKEN) from error
    if found is None:
        raise InvalidInputError(otherwise)
    return found


def _refuse_large(content: bytes, most: int, sentence: str) -> None:
    if len(content) > most:
        raise InvalidInputError(sentence)
