"""The disk and the folders: is there room, may we write, may nobody else read, and how old is the last backup?"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from bot.backup import made_in
from bot.config import Config
from bot.database import ROOM_NEEDED
from bot.ports import Finding

# Bytes. Less than that, or than twice the database, and there is no room to make a backup, nor to go on for long.
LITTLE = 200_000_000
# A backup older than that is told, and one that is dated later than now by more than clocks differ.
OLD, AHEAD = timedelta(days=7), timedelta(minutes=5)


def room(config: Config) -> list[Finding]:
    """On the disk of each folder, once."""
    database, found = config.database, []
    file = database.where if isinstance(database.where, Path) else database.seals
    kept = file.stat().st_size if os.path.isfile(file) else 0
    disks: dict[int, Path] = {}
    for folder in (file.absolute().parent, database.copies, config.operating.backups):
        if os.path.isdir(folder):  # one that is closed to us is told of elsewhere
            disks.setdefault(folder.stat().st_dev, folder)
    for folder in disks.values():
        free = shutil.disk_usage(folder).free
        about = {"folder": str(folder), "free": str(free // 1_000_000)}
        if free < ROOM_NEEDED or os.statvfs(folder).f_favail == 0 < os.statvfs(folder).f_files:
            found.append(Finding(False, "database-disk-full", about))
        elif free < max(LITTLE, 2 * kept):
            found.append(Finding(False, "check-disk-little", about, optional=True))
        else:
            found.append(Finding(True, "check-disk", about))
    return found


def folders(config: Config, file: Path) -> list[Finding]:
    """`file`: the configuration."""
    found = _of_what_is_kept(config)
    if _open_to_others(file) and _holds_secrets(config, file):
        found.append(Finding(False, "check-config-open", {"file": str(file)}, optional=True))
    return found


def closed(config: Config) -> list[Finding]:
    """Those in which nothing could be kept: where there is one, Veillée does not start."""
    return [finding for finding in _of_what_is_kept(config) if finding.id == "check-folder-closed"]


def _of_what_is_kept(config: Config) -> list[Finding]:
    database = config.database
    found = [*_private(database.seals), *_private(database.keys)]
    if any(community.stories.attachments == "folder" for community in config.communities):
        found += _writable(database.copies)
        found += _private(database.copies)
    return found


def backups(config: Config, now: datetime) -> list[Finding]:
    folder = config.operating.backups
    about = {"folder": str(folder)}
    try:
        made = {timedelta(seconds=now.timestamp() - file.stat().st_mtime): file for file in made_in(folder)}
    except PermissionError:
        return [Finding(False, "check-backup-closed", about, optional=True)]
    except OSError:
        made = {}
    if not made:
        return [Finding(False, "check-backup-none", about, optional=True)]
    found = []
    if min(made) < -AHEAD:
        found.append(Finding(False, "check-backup-ahead", {**about, "file": str(made[min(made)])}, optional=True))
    if told := [age for age in made if age >= -AHEAD]:
        days = {**about, "days": str(max(min(told).days, 0))}
        old = min(told) > OLD
        found.append(Finding(not old, "check-backup-old" if old else "check-backup", days, optional=old))
    return found


def _private(folder: Path) -> list[Finding]:
    try:
        if not folder.is_dir():
            return []  # made with the right to it, once it is needed
    except OSError:
        return _writable(folder)  # which says what above it is closed
    about = {"folder": str(folder)}
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return [Finding(False, "check-folder-closed", about)]
    return [Finding(False, "check-folder-open", about)] if _open_to_others(folder) else []


def _writable(folder: Path) -> list[Finding]:
    """Or the nearest above it that is there already, where it will be made."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if os.path.exists(each))
    try:
        with tempfile.TemporaryFile(dir=there):
            return []
    except OSError:
        return [Finding(False, "check-folder-closed", {"folder": str(there)})]


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _holds_secrets(config: Config, file: Path) -> bool:
    text = file.read_text("utf-8")
    matrix, discord = config.matrix, config.discord
    secrets = [matrix.access_token, matrix.password, matrix.store_key] if matrix else []
    secrets += [discord.token] if discord else []
    secrets += [config.database.url]
    return any(secret is not None and secret.get_secret_value() in text for secret in secrets)
