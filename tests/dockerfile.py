"""What a Dockerfile says, and how it is done in a folder instead of a container.

The environment that runs the tests stands for the packages that it installs; everything else is done as it says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.served_app import ROOT

Instruction = tuple[str, str]


def instructions(text: str) -> Iterator[Instruction]:
    """Each instruction by its name, with its lines joined."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\\\n\s*", " ", kept).splitlines():
        if line.strip():
            name, _, rest = line.partition(" ")
            yield name.upper(), rest.strip()


@dataclass
class Container:
    """A folder with what the Dockerfile puts into its image; `root` stands for `/`.

    Attributes
    ----------
    user : id of the user that the command runs as; 0 for root
    skipped : commands that only install packages, or make the user
    """

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: int = 0
    command: Sequence[str] = ()
    skipped: list[str] = field(default_factory=list)
    _users: dict[str, int] = field(default_factory=dict)

    def build(self, text: str) -> Container:
        """Do all that a Dockerfile says but start its command."""
        for name, rest in instructions(text):
            match name:
                case "ENV":
                    self.environment |= dict(re.findall(r"(\w+)=(\S+)", rest))
                case "WORKDIR":
                    self.workdir = rest
                    self.folder.mkdir(parents=True)
                case "COPY":
                    self._copy(*rest.split())
                case "RUN":
                    for command in rest.split("&&"):
                        self._run(command.strip())
                case "USER":
                    self.user = self._users[rest]
                case "CMD":
                    self.command = json.loads(rest)
                case "FROM" | "EXPOSE" | "VOLUME" | "HEALTHCHECK":
                    pass
                case _:
                    raise AssertionError(f"Nobody has said how {name} is done in a folder.")
        return self

    @property
    def folder(self) -> Path:
        """The working folder."""
        return self.place(self.workdir)

    def place(self, path: str) -> Path:
        """Where a path of the image lies."""
        return self.root / path.lstrip("/") if path.startswith("/") else self.folder / path

    def _copy(self, *names: str) -> None:
        *sources, target = names
        for source in sources:
            where = self.place(target)
            if not (ROOT / source).is_dir():
                shutil.copy(ROOT / source, where / source if target.endswith(("/", ".")) else where)
            else:
                shutil.copytree(ROOT / source, where, ignore=shutil.ignore_patterns("__pycache__", "secrets.toml"))

    def _run(self, command: str) -> None:
        words = command.split()
        if words[0] == "pip":
            self.skipped.append(command)
        elif words[0] == "useradd":
            self._users[words[-1]] = int(words[words.index("--uid") + 1])
            self.skipped.append(command)
        else:
            in_its_place = [str(self.place(word)) if word.startswith("/") else self._id_of(word) for word in words]
            subprocess.run(in_its_place, cwd=self.folder, env=self.variables(), check=True)

    def _id_of(self, word: str) -> str:
        return str(self._users[word]) if word in self._users and os.geteuid() == 0 else word

    def variables(self) -> dict[str, str]:
        """The environment, with paths of the image where they lie."""
        own = {name: str(self.place(text)) if text.startswith("/") else text for name, text in self.environment.items()}
        return {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8", **own}

    def as_its_user(self, command: Sequence[str]) -> list[str]:
        """The command run as the image's user, who may write nothing but what is theirs.

        They may read all: the packages of whoever runs the tests may lie where only root looks.
        """
        if os.geteuid() != 0:
            return list(command)
        alone = "-all,+dac_read_search"
        limits = [f"--inh-caps={alone}", f"--ambient-caps={alone}", f"--bounding-set={alone}"]
        user = [f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", "--no-new-privs"]
        return ["setpriv", *user, *limits, *command]
