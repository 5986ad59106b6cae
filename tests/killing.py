"""Processes killed at a chosen moment: at the n-th thing they do to the files of a folder.

The moments are counted and not timed, so that as many kills hit the writing on a busy machine as
on an idle one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# One interpreter forks a child for each task it is told of, so that a kill costs no start. A child
# that is to die when it opens a file leaves it half written, as a kill between two writes does.
_DRIVER = """
import json, os, signal, sys
TASK
DEEDS = ("open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir")
def watch(folder, moment, counted):
    me = os.getpid()
    def see(event, args):
        if event not in DEEDS or os.getpid() != me or isinstance(args[0], int):
            return
        path = os.fsdecode(args[0])
        flags = args[2] if event == "open" else os.O_WRONLY
        if not path.startswith(folder) or not flags & (os.O_WRONLY | os.O_RDWR):
            return
        counted[0] += 1
        if counted[0] == moment:
            if event == "open":
                os.write(os.open(path, flags, 0o666), b"half")
            os.kill(me, signal.SIGKILL)
    sys.addaudithook(see)
for line in sys.stdin:
    folder, moment, words = json.loads(line)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        counted = [0]
        watch(folder, moment, counted)
        try:
            task(*words)
            os.write(writing, str(counted[0]).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    print(os.read(reading, 20).decode() or "killed", flush=True)
    os.close(reading)
"""


class Killer:
    """Runs a task in processes of its own, to its end or to a moment."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, folder: object, *words: object) -> int:
        """Do the whole task; how many moments it has."""
        told = self._tell(folder, 0, words)
        assert told != "killed", "the task failed"
        return int(told)

    def kill(self, moment: int, folder: object, *words: object) -> None:
        """Do the task and die at a moment, counted from one."""
        assert self._tell(folder, moment, words) == "killed", "the moment never came"

    def _tell(self, folder: object, moment: int, words: tuple[object, ...]) -> str:
        assert self._process.stdin is not None and self._process.stdout is not None
        order = json.dumps([f"{folder}", moment, [str(word) for word in words]])
        print(order, file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()


@contextmanager
def killing(task: str) -> Iterator[Killer]:
    """What runs the function `task` whose source is given, with words for arguments."""
    process = subprocess.Popen(
        [sys.executable, "-c", _DRIVER.replace("TASK", task)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={key: value for key, value in os.environ.items() if key != "CI"},
    )
    with process:
        yield Killer(process)
