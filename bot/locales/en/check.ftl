# What `veillee check` says, a line for each thing looked at.

check-config = The configuration { $file } is understood: { $count ->
    [one] one community
   *[other] { $count } communities
}.
check-database = The database { $file } can be used. { $free } MB are free on its disk.
check-all-well = All is well. To start: veillee run --config { $file }
check-found = { $count ->
    [one] One thing is
   *[other] { $count } things are
} to be put right: each line with ✗ says what.

check-matrix-server = { $server } is a Matrix server ({ $version }).
check-matrix-unreachable = { $server } cannot be reached: { $reason }. Check homeserver under [matrix], and this machine’s network.
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
check-matrix-may-post = { $community }: it may post in { $room }.
check-matrix-may-not-post = { $community }: it may not post in { $room }. Its power level is { $level }, and { $needed } is needed. Raise it in the room’s settings.
check-matrix-encrypted = { $community }: { $room } is encrypted. This version cannot read it, and says nothing there. Use a room without encryption, or wait for the version that can.
