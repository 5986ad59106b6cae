"""Sound made by hand: a few KB of silence that any player understands."""

import io
import wave


def silent_mp3(frames: int) -> bytes:
    """MPEG-1 layer III frames of silence, 128 kbit/s at 44.1 kHz: 417 bytes and 26.12 ms each.

    ISO 11172-3, 2.4.1.3: the header; side information and data of nothing but zeros.
    """
    frame = bytes.fromhex("fffb9000") + bytes(413)
    return frame * frames


def silent_wav(seconds: int) -> bytes:
    """PCM, one channel of 8 bits at 2,000 Hz."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(2000)
        file.writeframes(b"\x80" * 2000 * seconds)
    return stream.getvalue()
