# What `veillee check` says, a line for each thing looked at.

check-config = The configuration { $file } is understood: { $count ->
    [one] one community
   *[other] { $count } communities
}.
check-disk = { $free } MB are free on the disk of { $folder }.
check-disk-little = Only { $free } MB are free on the disk of { $folder }. There is no room for a copy, and soon none for anything. Free some.
check-folder-closed = { $folder } cannot be written. What is said would be lost, so Veillée does not start. Give the right to it to the account that runs Veillée.
check-folder-open = Others on this machine can read { $folder }, which holds keys or what members confided. Close it: chmod 700 { $folder }
check-config-open = Others on this machine can read { $file }, which holds a secret. Close it: chmod 600 { $file }
check-database-later = The database { $file } is made at the first start.
check-database-current = The database { $file } is of this version.
check-database-behind = The database { $file } is of an earlier version. It is brought up to date at the next start. A file is copied first; for a database on a server, make a backup before: veillee backup
check-database-whole = The database { $file } was read through: it is whole.
check-database-large = The database { $file } is large. It was read for 20 seconds, and what was read is whole.
check-database-damaged = The database { $file } is damaged. Stop Veillée, put the file aside, and put back your latest copy: veillee restore
check-database-held = Veillée is running on { $file } just now.
check-database-as-root = You are root, and { $file } is not root’s. What root may do says nothing of the account that runs Veillée. Try again as that account: sudo -u
check-database-server = The PostgreSQL database { $file } can be reached.
check-time = This machine’s clock agrees with { $server }.
check-time-ahead = This machine’s clock is { $gap } ahead of { $server }. Everything would go out too early. Set the clock by the network: timedatectl set-ntp true
check-time-behind = This machine’s clock is { $gap } behind { $server }. Everything would go out too late. Set the clock by the network: timedatectl set-ntp true
check-zone = { $community }: it is { $now } there.
check-listen-open = Health and figures are open to whoever reaches { $address }. They tell nobody’s name, only how much is done. For this machine alone, write listen = "127.0.0.1:9464" under [operating].
check-backup = The last backup in { $folder } is { $days ->
    [0] of today
    [one] one day old
   *[other] { $days } days old
}.
check-backup-old = The last backup in { $folder } is { $days } days old. What came since would be lost with the disk. Make one now, and then every night: veillee backup --out { $folder } --keep 14
check-backup-ahead = The backup { $file } is dated later than now: this machine’s clock was ahead then, or is behind now. I cannot tell how old it is. Set the clock by the network (timedatectl set-ntp true), then make another one: veillee backup --out { $folder } --keep 14
check-backup-closed = This account may not look into { $folder }, so I cannot tell how old the last backup is. Give that right to the account that runs Veillée.
check-backup-none = There is no backup in { $folder }. If the disk fails, all is lost. Make one now, and then every night: veillee backup --out { $folder } --keep 14
check-all-well = All is well. To start: veillee run --config { $file }
check-found = { $count ->
    [one] One thing is
   *[other] { $count } things are
} to be put right: each line with ✗ says what.

check-matrix-server = { $server } is a Matrix server ({ $version }).
check-matrix-unreachable = { $server } cannot be reached: { $reason }. Check homeserver under [matrix], and this machine’s network.
check-matrix-silent = { $server } cannot be reached. Check homeserver under [matrix], and this machine’s network.
check-matrix-no-name = The name of { $server } is not found. Check homeserver under [matrix], and this machine’s network.
check-matrix-not-trusted = There is no safe connection with { $server }: its certificate is not trusted, or it has none. Check homeserver under [matrix], and this machine’s clock.
check-matrix-no-matrix = { $server } answers, but not as a Matrix server. Check homeserver under [matrix]: it is the address a client asks for, often https://matrix. and the domain.
check-matrix-token = The account { $account } is accepted, on the device { $device }.
check-matrix-token-refused = The server does not accept { $account }: { $reason }. Put a new access_token under [matrix], or in VEILLEE_MATRIX__ACCESS_TOKEN.
check-matrix-interrupted = The server stopped answering halfway: { $reason }. Try again in a moment.
check-matrix-space = { $community }: the space { $room } can be read. Rooms found: { $rooms }.
check-matrix-space-unreadable = { $community }: the space { $room } cannot be read: { $reason }. Invite the account into the space.
check-matrix-alias-unknown = { $community }: the server does not know { $room }: { $reason }. Check how it is written.
check-matrix-no-room = { $community }: no room is configured. Write space or rooms under [communities.matrix].
check-matrix-joined = { $community }: the account is in { $room }.
check-matrix-not-joined = { $community }: the account is not in { $room }. Invite it there: it joins by itself while Veillée runs.
check-matrix-knocked = { $community }: the account asked to come into { $room }. Someone in that room has to let it in.
check-matrix-followed = { $community }: { $room } was replaced by { $successor }, and everything goes on there.
check-matrix-replaced = { $community }: { $room } was replaced by { $successor }, where the account is not. Invite it into that new room, or write it under [communities.matrix].
check-matrix-may-post = { $community }: it may post in { $room }.
check-matrix-may-not-post = { $community }: it may not post in { $room }. Its power level is { $level }, and { $needed } is needed. Raise it in the room’s settings.
check-matrix-may-pin = { $community }: it may pin the next session in { $room }.
check-matrix-may-not-pin = { $community }: the next session is not pinned in { $room }. That needs power level { $needed }, and its own is { $level }. All the rest works without it.
check-matrix-may-not-react = { $community }: in { $room }, it may not put signs to click under its messages, and nobody could answer by a click. Its power level is { $level }, and { $needed } is needed to send reactions. Lower that in the room’s settings, or raise its level.
check-matrix-may-not-poll = { $community }: polls in { $room } are asked by a message, not by a poll of Matrix. That needs power level { $needed }, and its own is { $level }. All the rest works without it.
check-matrix-encrypted = { $community }: { $room } is encrypted.
check-matrix-no-store-key = Encrypted rooms: { $rooms }. To read and write there, Veillée needs a secret of its own: write store_key under [matrix], or VEILLEE_MATRIX__STORE_KEY, with at least 20 characters that nobody can guess.
check-matrix-no-device = This token belongs to no device, and encrypted rooms need one. Log in with a password, or put a token that comes from a login.
check-matrix-other-store-key = The keys in { $folder } were sealed with another store_key. Put that one back under [matrix]: without it they cannot be opened.
check-matrix-keys-lost-password = The server knows the device { $device } by keys that are not here any more, and nothing can replace them. Write another device_id under [matrix]: Veillée logs in as a new device. What was written meanwhile to the old one cannot be read.
check-matrix-keys-lost-token = The server knows the device { $device } by keys that are not here any more, and nothing can replace them. Log the account in anew and put its new token under [matrix]: it brings a new device. What was written meanwhile to the old one cannot be read.
check-matrix-keys-later = The keys for encrypted rooms are made at the first start, in { $folder }. Keep that folder and store_key with your copies.
check-matrix-device = Encrypted rooms known: { $rooms }. The device { $device } shows this key: { $key }. To compare it: veillee matrix verify
check-matrix-signed = The account vouches for the device { $device }.
check-matrix-identity-foreign = The account has an identity that does not vouch for the device { $device }. Most people are not hindered. To change it: veillee matrix identity
check-matrix-identity-missing = The account vouches for no device yet. It does once Veillée was started; if not: veillee matrix identity

check-discord-token = The token is accepted: the bot is called { $name }.
check-discord-token-refused = Discord does not accept the token. Make a new one on the application’s “Bot” page, and put it under [discord], or in VEILLEE_DISCORD__TOKEN.
check-discord-unreachable = Discord does not answer. Check this machine’s network.
check-discord-interrupted = Discord stopped answering halfway. Nothing has changed. Try again in a moment.
check-discord-members = Arrivals and departures will be seen.
check-discord-members-off = Arrivals and departures will not be seen: nobody will be welcomed. On the application’s “Bot” page, switch on “Server Members Intent”. Otherwise write members = false under [discord].
check-discord-content = Commands typed with the prefix will be read.
check-discord-content-off = Commands typed with the prefix will not be read. On the application’s “Bot” page, switch on “Message Content Intent”, or write read_messages = false under [discord]: Discord’s own commands are enough.
check-discord-server = { $community }: the bot is on the server { $name }.
check-discord-not-there = { $community }: the bot is not on the server { $server }. Open this address to invite it: { $address }
check-discord-no-channel = { $community }: no channel is called { $name } ({ $key } under [communities.discord]), or the bot does not see it.
check-discord-no-role = { $community }: no role is called { $name } ({ $key } under [communities.discord]).
check-discord-no-main = { $community }: there is no channel where the bot may write. Choose one with main under [communities.discord], and let it write there.
check-discord-channels = { $community }: channels seen: { $count }.
check-discord-no-channels = { $community }: it sees no channel. Give it “View Channels”.
check-discord-role-above = { $community }: the bot cannot hand out the role { $name }, which stands above its own. In the server’s roles, put the bot’s higher.
check-discord-may-not-view = { $community }: it does not see { $channel }. Give it “View Channel”.
check-discord-may-not-send = { $community }: it may not write in { $channel }. Give it “Send Messages”.
check-discord-may-not-history = { $community }: it may not read what was said in { $channel } while it was stopped. Give it “Read Message History”.
check-discord-may-not-files = { $community }: it may not attach files in { $channel }. Give it “Attach Files”.
check-discord-may-not-threads = { $community }: it may not open an antechamber in { $channel }. Give it “Create Public Threads” and “Send Messages in Threads”.
check-discord-may-not-polls = { $community }: it may not open polls in { $channel }. Give it “Create Polls”.
check-discord-may-not-pin = { $community }: it may not pin the next session in { $channel }. Give it “Pin Messages”.
check-discord-may-not-events = { $community }: it may not put sessions among the server’s events. Give it “Create Events”.
check-discord-may-not-voice = { $community }: it may not hold a session in a voice channel. Give it “Connect”.
check-discord-may-not-roles = { $community }: it may not hand out the members’ role. Give it “Manage Roles”.
