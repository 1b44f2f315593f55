"""`system-parts` on machines that lack something: each machine is a folder of stand-in programs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT

SCRIPT = ROOT / "tests/tools/system-parts"
ALL_PARTS = ("caddy", "chromium", "faketime", "fc-list", "java", "nginx", "npm", "pdftoppm", "pdftotext")


class Machine:
    """A PATH with nothing on it but what is put there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sbin = folder, folder / "sbin"
        self.sbin.mkdir()
        for name in ("sh", "grep", "chmod", "rm"):
            (folder / name).symlink_to(str(shutil.which(name)))

    def add(self, name: str, script: str = "exit 0") -> None:
        program = self.folder / name
        program.unlink(missing_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def add_parts(self, *without: str) -> None:
        for name in set(ALL_PARTS) - set(without):
            self.add(name, "echo 'x.ttc: Noto Sans CJK SC:style=Bold'" if name == "fc-list" else "exit 0")

    def run(self, **environ: str) -> subprocess.CompletedProcess[str]:
        environ["PATH"] = str(self.folder)
        environ["SBIN"] = str(self.sbin)
        return subprocess.run(
            [self.folder / "sh", SCRIPT], env=environ, capture_output=True, text=True, check=False
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.add("id", "echo 1000")
    return machine


def test_a_complete_machine_passes_in_silence(machine: Machine) -> None:
    machine.add_parts()
    done = machine.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("part", "package"),
    [
        ("caddy", "caddy"),
        ("chromium", "chromium"),
        ("faketime", "faketime"),
        ("fc-list", "fontconfig fonts-noto-cjk"),
        ("java", "default-jre-headless"),
        ("nginx", "nginx"),
        ("npm", "npm"),
        ("pdftoppm", "poppler-utils"),
        ("pdftotext", "poppler-utils"),
    ],
)
def test_each_missing_part_is_named_with_the_command(machine: Machine, part: str, package: str) -> None:
    machine.add_parts(part)
    machine.add("apt-get", "exit 9")
    done = machine.run()
    assert done.returncode == 1
    assert done.stderr.endswith(
        f"Run:\n  sudo apt-get update && sudo apt-get install --yes --no-install-recommends {package}\n"
    )


def test_a_server_may_be_where_only_an_administrators_path_leads(machine: Machine) -> None:
    machine.add_parts("nginx")
    (machine.sbin / "nginx").symlink_to("/bin/true")
    assert machine.run().returncode == 0


def test_parts_that_do_not_work_are_missing(machine: Machine) -> None:
    machine.add_parts()
    machine.add("java", "exit 1")
    machine.add("fc-list", "echo 'x.ttf: DejaVu Sans:style=Book'")
    done = machine.run(CHROMIUM="/nowhere/chrome")
    assert done.returncode == 1
    assert "a Chromium browser, the font Noto Sans CJK SC, a Java runtime." in done.stderr


def test_other_systems_are_told_their_command(machine: Machine) -> None:
    machine.add_parts("java", "npm")
    assert "Debian's names are: default-jre-headless npm\n" in machine.run().stderr
    machine.add("brew")
    assert machine.run().stderr.endswith("Run:\n  brew install openjdk node\n")


def test_root_installs_and_looks_again(machine: Machine, tmp_path: Path) -> None:
    """The first attempt fails, as with no package lists; the second, after an update, brings npm."""
    machine.add_parts("npm")
    machine.add("id", "echo 0")
    log, updated = tmp_path / "log", tmp_path / "updated"
    machine.add(
        "apt-get",
        f'echo "$DEBIAN_FRONTEND $*" >>{log}\n'
        f"case $1 in update) : >{updated}; exit;; esac\n"
        f"[ -e {updated} ] && : >{tmp_path}/npm && chmod 755 {tmp_path}/npm",
    )
    done = machine.run()
    assert done.returncode == 0, done.stderr
    install = "noninteractive install --yes --quiet --no-install-recommends npm"
    assert log.read_text().splitlines() == [install, "noninteractive update --quiet", install]


def test_what_is_installed_starts_no_service(machine: Machine, tmp_path: Path) -> None:
    """Debian's packages ask policy-rc.d; one that is there already stays."""
    machine.add_parts("nginx")
    machine.add("id", "echo 0")
    asked = machine.sbin / "policy-rc.d"
    installed = f": >{machine.sbin}/nginx && chmod 755 {machine.sbin}/nginx"
    machine.add("apt-get", f'{asked}; [ "$?" = 101 ] && {installed}')
    assert machine.run().returncode == 0
    assert not asked.exists()
    (machine.sbin / "nginx").unlink()
    asked.write_text("#!/bin/sh\nexit 101\n# its owner's\n")
    asked.chmod(0o755)
    assert machine.run().returncode == 0
    assert "its owner's" in asked.read_text()


def test_root_is_told_when_installing_did_not_help(machine: Machine) -> None:
    machine.add_parts("npm")
    machine.add("id", "echo 0")
    machine.add("apt-get", "exit 0")
    done = machine.run()
    assert done.returncode == 1
    assert "still cannot be found" in done.stderr
