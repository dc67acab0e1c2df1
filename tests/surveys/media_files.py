"""Small sounds, videos and captions, made byte by byte as their formats say. They hold silence."""

MP3_FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nHow is it going?\n"


def mp3(frames: int = 4) -> bytes:
    return MP3_FRAME * frames


def labelled_mp3() -> bytes:
    """With a label of 300 bytes before the first frame, as most programs write it."""
    return b"ID3\x04\x00\x00" + bytes([0, 0, 300 >> 7, 300 & 0x7F]) + b"\0" * 300 + mp3()


def box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + name + content


def track(handler: bytes, codec: bytes) -> bytes:
    entries = box(b"stsd", b"\0" * 4 + b"\0\0\0\1" + box(codec, b"\0" * 28))
    media = box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)
    media += box(b"minf", box(b"stbl", entries))
    return box(b"trak", box(b"mdia", media))


def mp4(*tracks: tuple[bytes, bytes], size: int = 64, brand: bytes = b"isom") -> bytes:
    known = b"".join(track(*one) for one in tracks or [(b"vide", b"avc1"), (b"soun", b"mp4a")])
    return box(b"ftyp", brand + b"\0" * 8) + box(b"moov", known) + box(b"mdat", b"\7" * size)


def m4a() -> bytes:
    return mp4((b"soun", b"mp4a"), brand=b"M4A ")


def element(name: bytes, content: bytes) -> bytes:
    return name + (len(content) | 1 << 28).to_bytes(4, "big") + content


def webm(*tracks: tuple[int, bytes], kind: bytes = b"webm", live: bool = False) -> bytes:
    """`live`: as a browser records it, without knowing how long it becomes."""
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", kind))
    known = b"".join(
        element(b"\xae", element(b"\x83", bytes([number])) + element(b"\x86", codec))
        for number, codec in tracks or [(1, b"V_VP9"), (2, b"A_OPUS")]
    )
    content = element(b"\x16\x54\xae\x6b", known) + element(b"\x1f\x43\xb6\x75", b"\0" * 40)
    if live:
        return head + b"\x18\x53\x80\x67" + b"\x01" + b"\xff" * 7 + content
    return head + element(b"\x18\x53\x80\x67", content)


def ogg(packet: bytes = b"OpusHead" + b"\0" * 11) -> bytes:
    return b"OggS\0\2" + b"\0" * 20 + bytes([1, len(packet)]) + packet


def fetched(client, address: str, **headers: str):
    """The answer, read to its end and its file closed, as a browser would leave it."""
    answer = client.get(address, headers=headers)
    answer.get_data()
    answer.close()
    return answer
