"""Posters of visualizations: a screenshot as a small WebP."""

import io

QUALITIES = (85, 75, 65, 50, 35)


def poster(shot: bytes, most: int) -> bytes | None:
    """A picture as WebP of at most `most` bytes if any quality allows it; None for one colour.

    Exact if that is small enough, else as good as the size lets it be.
    """
    from PIL import Image

    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    if picture.getcolors(1):
        return None
    file = io.BytesIO()
    picture.save(file, "WEBP", method=6, lossless=True)
    for quality in QUALITIES:
        if file.tell() <= most:
            break
        file = io.BytesIO()
        picture.save(file, "WEBP", method=6, quality=quality)
    return file.getvalue()
