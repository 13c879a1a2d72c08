"""What lies beside a database and beside its copies, and links that lead elsewhere."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adapters.matrix.crypto.files import identity_file
from tests.commands.test_backup import ME, full, lose, made, parts, unfinished
from tests.typed import veillee
from tests.unit.test_config import EXAMPLE

NO_OTHER_DISK = pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="there is one disk")  # noqa: S108


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    assert veillee("migrate", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.parametrize("other_disk", [None, pytest.param("/dev/shm", marks=NO_OTHER_DISK)])  # noqa: S108
async def test_what_is_a_link_stays_one(home: Path, other_disk: str | None) -> None:
    """The database goes where the link leads, though nothing is there any more; the rest lies beside the link."""
    with TemporaryDirectory(dir=other_disk) as disk:
        await full(home)
        lose(home)
        there = Path(disk) / "big.db"
        (home / "veillee.db").symlink_to(there)
        (copy,) = made(home)
        done = veillee("restore", str(copy), cwd=home)
        assert (done.returncode, done.stderr) == (0, "")
        assert (home / "veillee.db").readlink() == there
        assert there.stat().st_size
        assert identity_file(home / "veillee.db.keys", ME).read_bytes() == b"sealed seeds"
        assert {p.stat().st_mode & 0o777 for p in (home / "veillee.db.keys").iterdir()} == {0o600}
        assert len(list((home / "veillee.db.attachments").iterdir())) == 1
        assert sorted(p.name for p in there.parent.iterdir()) == ["big.db", "big.db.lock"]
        assert unfinished(home) == []
        assert "is a database at" in veillee("restore", str(copy), cwd=home).stderr


def test_only_what_it_left_behind_itself_goes(home: Path) -> None:
    """Beside the copies, and beside the database: whatever else begins like that is whoever's who put it there."""
    own = [".veillee-venv", ".veillee-archives", ".veillee-unfinished-mine", ".veillee-unfinished-12345678.bak"]
    for name in own:
        (home / name).mkdir()
        (home / name / "kept").touch()
        os.utime(home / name, (1, 1))
    files = [".veillee-secrets.env", ".veillee-unfinished-abcdefgh"]
    for name in files:
        (home / name).write_text("TOKEN=1")
        os.utime(home / name, (1, 1))
    (home / ".veillee-unfinished-abcdefg_").symlink_to(".veillee-venv")
    before = parts(home)
    assert veillee("backup", "--out", ".", cwd=home).returncode == 0
    (file,) = home.glob("*.zip")
    lose(home)
    assert veillee("restore", file.name, cwd=home).returncode == 0
    assert {name: data for name, data in parts(home).items() if name.startswith(".")} == {
        name: data for name, data in before.items() if name.startswith(".")
    }
