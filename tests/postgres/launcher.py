"""Runs PostgreSQL for whoever starts this: `launcher.py FOLDER USER BINARY ARGUMENT…`.

Standard input is a pipe whose other end only the starter holds. Where it ends while PostgreSQL runs, the starter was
killed: PostgreSQL ends, and its folder goes.
"""

import os
import shutil
import signal
import subprocess
import sys


def main() -> int:
    folder, user, *command = sys.argv[1:]
    # An interrupt typed in the terminal, a run that is ended: the end of the pipe tells, and nothing else.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    # A group of its own, which no interrupt reaches either.
    owner = {"user": int(user), "group": int(user), "extra_groups": []} if os.geteuid() == 0 else {}
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0, **owner)  # type: ignore[call-overload]
    print(server.pid, flush=True)
    signal.signal(signal.SIGCHLD, lambda *_: os._exit(server.poll() or 0))
    if server.poll() is None:
        while os.read(0, 1):
            pass
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        server.send_signal(signal.SIGQUIT)
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return int(server.wait())


if __name__ == "__main__":
    sys.exit(main())
