"""What a sound or a film really holds, read from the file itself. Pure.

Enough of each format to know which it is, that it is whole, and what is in its tracks: a name or
what a browser says of a file proves nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]
# Name of a part, where its content begins and where it ends.
Part = tuple[bytes, int, int]
Reader = Callable[[bytes, Span], Iterator[Part]]


class BrokenFileError(ValueError):
    """The file begins like one of its kind and does not go on like one."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The format, "mp3", and the codecs of its sounds and of its pictures."""

    format: str
    sounds: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def contents_of(data: bytes) -> Contents | None:
    """None for a file of another kind. Raises BrokenFileError."""
    if data[4:8] == b"ftyp":
        return _of_tracks("mp4", _mp4_tracks(data), "soun", "vide")
    if data.startswith(EBML):
        return _webm(data)
    if data.startswith(b"OggS"):
        codec = _ogg_codec(data)
        return Contents("ogg", (codec,)) if codec else None
    return Contents("mp3", ("mp3",)) if is_mp3(data) else None


def _of_tracks(
    format: str, tracks: Iterator[tuple[str, str]], sound: str, picture: str
) -> Contents:
    known = list(tracks)
    return Contents(
        format,
        tuple(codec for kind, codec in known if kind == sound),
        tuple(codec for kind, codec in known if kind == picture),
    )


def _inside(read: Reader, data: bytes, span: Span, *names: bytes) -> Iterator[Span]:
    """Where the parts of that path are: those called names[0], in them those called names[1]."""
    if not names:
        yield span
        return
    for name, begins, ends in read(data, span):
        if name == names[0]:
            yield from _inside(read, data, (begins, ends), *names[1:])


def _first(read: Reader, data: bytes, span: Span, *names: bytes) -> Span:
    for found in _inside(read, data, span, *names):
        return found
    raise BrokenFileError


# ---- MP4 and M4A: boxes in boxes


def _boxes(data: bytes, span: Span) -> Iterator[Part]:
    at, end = span
    while at < end:
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise BrokenFileError
        yield data[at + 4 : at + 8], at + head, at + size
        at += size


def _mp4_tracks(data: bytes) -> Iterator[tuple[str, str]]:
    """The handler and the codec of each track: ("vide", "avc1")."""
    for track in _inside(_boxes, data, (0, len(data)), b"moov", b"trak"):
        handler, _ = _first(_boxes, data, track, b"mdia", b"hdlr")
        entries, _ = _first(_boxes, data, track, b"mdia", b"minf", b"stbl", b"stsd")
        yield (
            _letters(data[handler + 8 : handler + 12]),
            _letters(data[entries + 12 : entries + 16]),
        )


def _letters(raw: bytes) -> str:
    return raw.decode("latin-1")


# ---- WebM: elements in elements, with sizes of their own kind

EBML = b"\x1a\x45\xdf\xa3"
DOC_TYPE, SEGMENT, TRACKS = b"\x42\x82", b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b"
TRACK, TRACK_TYPE, CODEC = b"\xae", b"\x83", b"\x86"


def _webm(data: bytes) -> Contents | None:
    whole = 0, len(data)
    begins, ends = _first(_elements, data, whole, EBML, DOC_TYPE)
    if data[begins:ends].rstrip(b"\0") != b"webm":
        return None
    return _of_tracks("webm", _webm_tracks(data, whole), "2", "1")


def _webm_tracks(data: bytes, whole: Span) -> Iterator[tuple[str, str]]:
    for track in _inside(_elements, data, whole, SEGMENT, TRACKS, TRACK):
        kind, kind_ends = _first(_elements, data, track, TRACK_TYPE)
        codec, codec_ends = _first(_elements, data, track, CODEC)
        yield str(int.from_bytes(data[kind:kind_ends], "big")), _letters(data[codec:codec_ends])


def _elements(data: bytes, span: Span) -> Iterator[Part]:
    at, end = span
    while at < end:
        named = at + _width(data, at)
        begins = named + _width(data, named)
        ends = begins + _size(data[named:begins], end - begins)
        if ends > end or begins > end:
            raise BrokenFileError
        yield data[at:named], begins, ends
        at = ends


def _width(data: bytes, at: int) -> int:
    """How many bytes a number has: as many as the place of its first 1."""
    first = data[at] if at < len(data) else 0
    if first == 0:
        raise BrokenFileError
    return 9 - first.bit_length()


def _size(raw: bytes, rest: int) -> int:
    """Without its first 1. All ones: unknown while it was recorded, so it goes on to the end."""
    unmarked = (1 << 7 * len(raw)) - 1
    size = int.from_bytes(raw, "big") & unmarked
    return rest if size == unmarked else size


# ---- Ogg


def _ogg_codec(data: bytes) -> str | None:
    """Of the first stream; None where the file does not begin with a sound."""
    if len(data) < 28 or data[4] != 0 or not data[5] & 2:
        raise BrokenFileError
    packet = data[27 + data[26] :]
    for codec, mark in {"opus": b"OpusHead", "vorbis": b"\x01vorbis"}.items():
        if packet.startswith(mark):
            return codec
    return None


# ---- MP3: frames one after another, perhaps behind a label

FRAMES_TO_SEE = 3
SPEEDS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
SLOW_SPEEDS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
RATES = (44_100, 48_000, 32_000)
SLOWER = {3: 1, 2: 2, 0: 4}  # MPEG 1, 2 and 2.5


def is_mp3(data: bytes) -> bool:
    at = _after_label(data)
    for _ in range(FRAMES_TO_SEE):
        length = _frame_length(data[at : at + 4])
        if length is None or at + length > len(data):
            return False
        at += length
    return True


def _after_label(data: bytes) -> int:
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    has_footer = bool(data[5] & 0x10)
    return 10 + size + (10 if has_footer else 0)


def _frame_length(head: bytes) -> int | None:
    """Of a frame of layer III; None where no such frame begins here."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    speed, rate, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version not in SLOWER or layer != 1 or speed in (0, 15) or rate == 3:
        return None
    is_first = version == 3
    bits = (SPEEDS if is_first else SLOW_SPEEDS)[speed] * 1000
    return (144 if is_first else 72) * bits // (RATES[rate] // SLOWER[version]) + padding
