"""What a transcript file becomes: cues, and what of it could not be read."""

from dataclasses import dataclass, field

LONG = 10_000
"""Words from which on a transcript has a page of its own: an hour and more of speech."""


@dataclass(frozen=True)
class Cue:
    """A piece of what is said; times in seconds, where the file gives them.

    `opens` says that the file begins a paragraph here; a `heading` is one, and is not said.
    """

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    opens: bool = False
    heading: bool = False


@dataclass(frozen=True)
class Fault:
    """What cannot be read; line 0 is the file itself."""

    line: int
    message: str


@dataclass(frozen=True)
class Transcript:
    """A transcript file understood as far as it can be; its name says what format it is.

    `count` is how many words are said, names of speakers aside; `digest` stands for the file;
    `form` names a form that podcast apps do not read, and is empty for those they do.
    """

    name: str
    cues: tuple[Cue, ...] = ()
    faults: tuple[Fault, ...] = ()
    count: int = 0
    digest: bytes = b""
    form: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it would weigh down the episode's page, and has one of its own."""
        return self.count >= LONG

    @property
    def words(self) -> str:
        """What is said, and nothing else."""
        return "\n".join(cue.text for cue in self.cues)


@dataclass(slots=True)
class Book:
    """Cues, errors and form, as a reader finds them."""

    cues: list[Cue] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    form: str = ""

    def add(
        self,
        text: str,
        start: float | None = None,
        end: float | None = None,
        speaker: str | None = None,
        *,
        opens: bool = False,
        heading: bool = False,
    ) -> None:
        """A cue, unless nothing is said in it."""
        text = " ".join(text.replace("\0", "").split())
        if text:
            name = " ".join((speaker or "").split()) or None
            self.cues.append(Cue(text, start, end, name, opens, heading))

    def fault(self, line: int, message: str) -> None:
        """An error at a line."""
        self.faults.append(Fault(line, message))
