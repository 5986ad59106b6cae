"""What an answer means for subscribers, and what to write into the record.

Apple, requirements: HEAD requests and byte ranges for sounds and covers, https, the right type
and length of an enclosure. RFC 9110, 15.4: 301 and 308 are for good, the others for now.
"""

from backlist.check.records import LENGTH_UNKNOWN
from backlist.model import Audio
from backlist.online.asking import Visit
from backlist.problems import Problems, Where
from backlist.render.feeds.items import sound_type

FOR_GOOD = (301, 308)
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
_SILENT = ("", "application/octet-stream", "binary/octet-stream")
"""Types that say nothing; apps then go by the feed."""


def judge_sound(visit: Visit, audio: Audio, where: Where, problems: Problems) -> None:
    """The enclosure of an episode: there, as large as told, of the type told, given in parts."""
    own = audio.file is not None
    if not _is_there(visit, "the sound", where, problems, own=own):
        return
    _judge_way(visit, "the sound", where, problems)
    if _is_sound(visit, audio, where, problems):
        _judge_length(visit, audio, where, problems)
        _judge_parts(visit, where, problems)


def judge_cover(visit: Visit, key: str, where: Where, problems: Problems, *, own: bool) -> None:
    """A cover: there, and a picture."""
    what = f"the cover (`{key}`)"
    if not _is_there(visit, what, where, problems, own=own):
        return
    _judge_way(visit, what, where, problems)
    if visit.type not in _SILENT and not visit.type.startswith("image/"):
        problems.warning(
            where,
            f"{what} is no picture for its server, but {visit.type}: {visit.address}",
            "open the address in a browser; name the picture itself, not a page that shows it",
        )


def judge_old_address(visit: Visit, present: str, where: Where, problems: Problems) -> None:
    """A former address of the feed must lead to the present one, for good."""
    remedy = f"let its server answer 301 to {present}, for good"
    targets = [step.target for step in visit.redirects]
    passing = [step for step in visit.redirects if step.code not in FOR_GOOD]
    if not targets:
        said = f"answers {visit.status}" if visit.status else f"does not answer ({visit.fault})"
        what = f"{said} instead of leading on"
    elif present not in targets:
        what = f"leads to {targets[-1]}, not to the present address"
    elif passing and targets.index(present) >= visit.redirects.index(passing[0]):
        what = f"leads on for now only ({passing[0].code})"
    else:
        return
    problems.warning(where, f"the feed's old address {what}: {visit.address}", remedy)


def _is_there(visit: Visit, what: str, where: Where, problems: Problems, *, own: bool) -> bool:
    """Whether there is an answer to judge; what keeps subscribers from one is told."""
    if visit.answered:
        return True
    if visit.private:
        problems.warning(
            where,
            f"{what} leads to a private network ({visit.fault}) and was not asked for: "
            f"{visit.address}",
            "write an address that subscribers can reach",
        )
    elif not visit.status:
        problems.warning(
            where,
            f"{what} cannot be reached ({visit.fault}): {visit.address}",
            "try again later; if it stays away, write the address it has now",
        )
    else:
        _tell_refusal(visit, what, where, problems, own=own)
    return False


def _tell_refusal(visit: Visit, what: str, where: Where, problems: Problems, *, own: bool) -> None:
    said = f"{what} is not there: its server answers {visit.status}: {_way(visit)}"
    if own:
        problems.warning(where, said, "publish the site, then ask again")
    elif visit.status in GONE:
        problems.error(
            where, said, "write the address it has now; a sound keeps the old one under `was:`"
        )
    else:
        problems.warning(where, said, "try again later, and from another network")


def _way(visit: Visit) -> str:
    """The address asked, and where that led."""
    steps = [visit.address, *(step.target for step in visit.redirects)]
    return " → ".join(steps)


def _judge_way(visit: Visit, what: str, where: Where, problems: Problems) -> None:
    """Redirects must not leave https; those that are all for good may be shortened."""
    steps = visit.redirects
    bare = [s for s in steps if s.origin.startswith("https:") and s.target.startswith("http:")]
    if bare:
        problems.warning(
            where,
            f"{what} leads from https to http: {_way(visit)}",
            "have its server redirect to https, or write the https address of the file itself",
        )
    elif steps and all(step.code in FOR_GOOD for step in steps):
        problems.notice(
            where,
            f"{what} has moved for good: {_way(visit)}",
            f"write {visit.final}, unless the first address is there to count downloads",
        )


def _is_sound(visit: Visit, audio: Audio, where: Where, problems: Problems) -> bool:
    """Whether the answer is a sound or film at all; a type other than the feed's is told."""
    told, said = sound_type(audio), visit.type
    if said.startswith(("text/", "image/")):
        problems.warning(
            where,
            f"the sound is no sound for its server, but {said}: {_way(visit)}",
            "open the address in a browser; write the address of the sound file itself",
        )
        return False
    if said not in _SILENT and _SAME.get(said, said) != _SAME.get(told, told):
        problems.warning(
            where,
            f"the server says {said}, the feed {told}: {visit.address}",
            f"write `type: {said}` under `audio:` if the server is right",
        )
    return True


def _judge_length(visit: Visit, audio: Audio, where: Where, problems: Problems) -> None:
    said = visit.length
    if said is None or said == audio.length:
        return
    if audio.file is not None:
        problems.warning(
            where,
            f"the server has {said} bytes, static/ has {audio.length}: {visit.address}",
            "publish the site: what lies at the server is another version",
        )
        return
    what = f"`audio.length` says {audio.length} bytes, the server {said}"
    if audio.length is None:
        problems.withdraw(where, LENGTH_UNKNOWN)
        what = f"`audio.length` is unknown: the server says {said} bytes"
    problems.warning(where, what, f"write `length: {said}` under `audio:`, beside its `url:`")


def _judge_parts(visit: Visit, where: Where, problems: Problems) -> None:
    if not visit.gives_parts:
        problems.warning(
            where,
            f"the server does not give parts of the sound (byte ranges): {visit.address}",
            "apps cannot skip or resume; have the host switch range requests on, or move",
        )
