"""What a server's response means for subscribers, and what to write into the record.

Apple, requirements: HEAD requests and byte ranges for audio and covers, https, the right type
and length of an enclosure. RFC 9110, 15.4: 301 and 308 are permanent, the others temporary.
"""

from backlist.check.records import LENGTH_UNKNOWN
from backlist.feed.probe.request import ProbeResponse
from backlist.feed.writer import audio_type
from backlist.model import Audio
from backlist.problems import Problems, Where

PERMANENT = (301, 308)
GONE = (404, 410)

_SAME = {
    "audio/mp3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/mpeg3": "audio/mpeg",
    "audio/m4a": "audio/x-m4a",
    "audio/mp4": "audio/x-m4a",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-flac": "audio/flac",
    "audio/x-aac": "audio/aac",
    "audio/aacp": "audio/aac",
    "application/ogg": "audio/ogg",
    "audio/opus": "audio/ogg",
}
_UNTYPED = ("", "application/octet-stream", "binary/octet-stream")
"""Types that say nothing; apps then go by the feed."""


def check_audio(response: ProbeResponse, audio: Audio, where: Where, problems: Problems) -> None:
    """The enclosure of an episode: there, of the length and type recorded, with byte ranges."""
    own = audio.file is not None
    if not _is_there(response, "the audio", where, problems, own=own):
        return
    _check_redirects(response, "the audio", where, problems)
    if _is_audio(response, audio, where, problems):
        _check_length(response, audio, where, problems)
        _check_ranges(response, where, problems)


def check_cover(
    response: ProbeResponse, key: str, where: Where, problems: Problems, *, own: bool
) -> None:
    """A cover: there, and a picture."""
    what = f"the cover (`{key}`)"
    if not _is_there(response, what, where, problems, own=own):
        return
    _check_redirects(response, what, where, problems)
    if response.type not in _UNTYPED and not response.type.startswith("image/"):
        problems.warning(
            where,
            f"{what} is not a picture but {response.type}: {response.address}",
            "open the address in a browser; use the address of the picture, not of a page",
        )


def check_old_address(
    response: ProbeResponse, present: str, where: Where, problems: Problems
) -> None:
    """A former address of the feed must redirect to the present one, permanently."""
    targets = [step.target for step in response.redirects]
    passing = [step for step in response.redirects if step.code not in PERMANENT]
    if not targets:
        status = response.status
        answer = f"answers {status}" if status else f"does not answer ({response.error})"
        message = f"{answer} and does not redirect"
    elif present not in targets:
        message = f"redirects to {targets[-1]}, not to the present address"
    elif passing and targets.index(present) >= response.redirects.index(passing[0]):
        message = f"redirects only temporarily ({passing[0].code})"
    else:
        return
    problems.warning(
        where,
        f"the feed's old address {message}: {response.address}",
        f"add a 301 redirect there to {present}",
    )


def _is_there(
    response: ProbeResponse, what: str, where: Where, problems: Problems, *, own: bool
) -> bool:
    """Whether there is an answer to check; what keeps subscribers from one is reported."""
    if response.ok:
        return True
    if response.private:
        problems.warning(
            where,
            f"{what} is on a private network ({response.error}) and was not requested: "
            f"{response.address}",
            "write an address that subscribers can reach",
        )
    elif not response.status:
        problems.warning(
            where,
            f"{what} cannot be reached ({response.error}): {response.address}",
            "try again later; if it stays unreachable, write its new address",
        )
    else:
        _report_status(response, what, where, problems, own=own)
    return False


def _report_status(
    response: ProbeResponse, what: str, where: Where, problems: Problems, *, own: bool
) -> None:
    message = f"{what} is missing: its server answers {response.status}: {response.way}"
    if own:
        problems.warning(where, message, "publish the site, then check again")
    elif response.status in GONE:
        problems.error(
            where,
            message,
            "write its new address; for audio, keep the old one under `previous_urls:`",
        )
    else:
        problems.warning(where, message, "try again later, and from another network")


def _check_redirects(response: ProbeResponse, what: str, where: Where, problems: Problems) -> None:
    """Redirects must not leave https; those that are all permanent may be shortened."""
    steps = response.redirects
    bare = [s for s in steps if s.origin.startswith("https:") and s.target.startswith("http:")]
    if bare:
        problems.warning(
            where,
            f"{what} redirects from https to http: {response.way}",
            "make its server redirect to https, or write the https address of the file itself",
        )
    elif steps and all(step.code in PERMANENT for step in steps):
        problems.info(
            where,
            f"{what} has moved permanently: {response.way}",
            f"write {response.final}, unless the first address counts downloads",
        )


def _is_audio(response: ProbeResponse, audio: Audio, where: Where, problems: Problems) -> bool:
    """Whether the answer is audio or video at all; a type other than the feed's is reported."""
    recorded, served = audio_type(audio), response.type
    if served.startswith(("text/", "image/")):
        problems.warning(
            where,
            f"the audio is not audio but {served}: {response.way}",
            "open the address in a browser; write the address of the audio file itself",
        )
        return False
    if served not in _UNTYPED and _SAME.get(served, served) != _SAME.get(recorded, recorded):
        problems.warning(
            where,
            f"the server says {served}, the feed {recorded}: {response.address}",
            f"write `type: {served}` under `audio:` if the server is right",
        )
    return True


def _check_length(response: ProbeResponse, audio: Audio, where: Where, problems: Problems) -> None:
    served = response.length
    if served is None or served == audio.length:
        return
    if audio.file is not None:
        problems.warning(
            where,
            f"the server has {served} bytes, static/ has {audio.length}: {response.address}",
            "publish the site: the server has another version",
        )
        return
    message = f"`audio.length` says {audio.length} bytes, the server {served}"
    if audio.length is None:
        problems.withdraw(where, LENGTH_UNKNOWN)
        message = f"`audio.length` is unknown: the server says {served} bytes"
    problems.warning(where, message, f"write `length: {served}` under `audio:`, beside its `url:`")


def _check_ranges(response: ProbeResponse, where: Where, problems: Problems) -> None:
    if not response.has_ranges:
        problems.warning(
            where,
            f"the server does not support byte ranges: {response.address}",
            "apps cannot skip or resume; turn range requests on at the host, or move the audio",
        )
