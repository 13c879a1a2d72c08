# What /health and systemd are told, and what `veillee health` says.

operating-starting = Veillée is starting.
operating-standing-by = All is well. Another process serves, and this one stands by.
operating-at-work = All is well.
operating-stopping = Veillée is stopping.

health-not-heard = { $platform } has not been heard for { $minutes } minutes. Nothing said meanwhile is lost. Check this machine’s network, then: veillee check
health-no-database = The database does not answer. Nothing can be kept, so nothing is answered. Check its disk, then: veillee check
health-kept-away = This process stands by and cannot reach the database: { $why }. As long as that lasts, it cannot take over. It goes on trying. To see more: veillee check
health-not-answered = Something asked { $minutes } minutes ago has not been answered yet. The log says what is in the way.
health-overdue = Something that was due { $minutes } minutes ago has not gone out yet. The log says what is in the way.
health-unsaid = What should be said on { $platform } has waited for { $minutes } minutes, and nothing else could be said there meanwhile. Veillée goes on trying. To see why: veillee check
health-nobody = Nothing answers at { $address }. Either Veillée is not running, or it listens elsewhere: see listen under [operating].
health-nowhere = { $file }: health is shown nowhere. Write listen = "127.0.0.1:9464" under [operating], then start Veillée again.
