# What whoever runs Veillée reads in the terminal: one line each.

config-missing = There is no file { $file }. Copy config.example.toml there, or give another with --config.
config-not-text = { $file } is not a text file in UTF-8. Save it again as UTF-8.
config-unreadable = { $file } cannot be read: { $why }.
config-not-toml = { $file } cannot be understood at line { $line }. Compare that line with config.example.toml: quotes, brackets, equals signs.
config-environment = { $name }, in the environment, cannot be understood. Take it out, or give one setting at a time, as in VEILLEE_MATRIX__ACCESS_TOKEN.
config-unknown-key-near = { $file }: there is no setting { $key }. Did you mean { $near }?
config-unknown-key = { $file }: there is no setting { $key }. There may stand: { $known }.
config-key-missing = { $file }: { $key } is missing. config.example.toml shows what to write.
config-token-missing = { $file }: Matrix needs an access token or a password. Write access_token under [matrix], or set VEILLEE_MATRIX__ACCESS_TOKEN.
config-no-platform = { $file }: the account that Veillée uses is missing. Add a [matrix] or a [discord] part.
config-no-place = { $file }: the community { $community } meets nowhere. Add [communities.matrix] or [communities.discord] under it.
config-no-office = { $file }: in { $community }, newcomers wait for a facilitator’s answer, and there is nobody to ask for it. Name someone in facilitators, or give an office.
config-no-account = { $file }: the community { $community } meets on { $platform }, and the [{ $platform }] part is missing. Add it.
config-token = { $file }: { $key }, there or in the environment, holds a line break or another sign that no token has. Copy the token again, alone on one line.
config-zone = { $file }: { $key } is not a time zone I know. Write it by its city, as in America/Toronto or Europe/Paris.
config-hour = { $file }: { $key } is not an hour of the day. Write it between quotes, as in "21:00". It is an hour of the community’s own clock, without a zone.
config-holiday = { $file }: “{ $day }” in { $key } is not a day. Write it as in "2027-07-20", or the first and the last as in "2027-07-20/2027-08-15".
config-holiday-backwards = { $file }: “{ $day }” in { $key } ends before it begins. Write the first day, then the last.
config-holiday-long = { $file }: “{ $day }” in { $key } is more than a year. Correct its last day. To stop everything for long, there is the pause.
config-listen = { $file }: { $key } is not an address of this machine. Write it as in "127.0.0.1:9464".
config-number = { $file }: { $key } is not a whole number. Write it in figures, without quotes, as in 3.
config-at-least = { $file }: { $key } is too small. Write { $number } or more.
config-at-most = { $file }: { $key } is too large. Write { $number } or less.
config-yes-or-no = { $file }: { $key } is answered by yes or no. Write true for yes or false for no, without quotes.
config-choice = { $file }: what is written for { $key } is not one of the choices. Write one of these: { $choices }.
config-text = { $file }: { $key } is a text. Write it between quotes.
config-too-short = { $file }: { $key } { $count ->
    [one] is empty. Write something there.
   *[other] is too short. Write at least { $count } characters.
}
config-too-long = { $file }: { $key } is too long. Write { $count ->
    [one] a single character
   *[other] { $count } characters at most
}.
config-list = { $file }: { $key } is a list. Write it between brackets, with a comma between two things.
config-list-too-short = { $file }: { $key } { $count ->
    [one] is an empty list. Write at least one thing there.
   *[other] is too short a list. Write at least { $count } things.
}
config-date = { $file }: { $key } is not a date. Write it as 2027-01-04.
config-part = { $file }: { $key } is a part, with settings of its own. Write [{ $part }] alone on a line, and its settings below.
config-parts = { $file }: there may be several { $part }. Write [[{ $part }]] alone on a line, with double brackets, before each part.
config-address = { $file }: { $key } is not a whole web address. Write it as in { $example }.
config-account = { $file }: { $key } is not the whole identifier of an account. Write it as in "@veillee:example.org".
config-room = { $file }: { $key } is neither the address nor the identifier of a Matrix room or space. Write its address, as in "#room:example.org".
config-store-key = { $file }: { $key } is too short a secret. Write one of at least { $least } characters that nobody can guess.
config-slug = { $file }: { $key } is a short name. Write it in small letters without accents, figures and hyphens, as in "holding-the-thread", in 63 characters at most.
config-slug-twice = { $file }: several communities have the same slug: { $slugs }. Give each its own.
config-discord-server = { $file }: { $key } is not the identifier of a Discord server. Write it between quotes: 16 to 20 figures, as in "123456789012345678".
config-discord-name = { $file }: { $key } is neither the name nor the identifier of a channel or a role. Write it on one line, without a space before it, in 100 characters at most.
config-shards = { $file }: shard_ids, under [discord], only goes with a shard_count greater than each of them. Correct one or the other.
config-country = { $file }: { $key } is not a country whose public holidays I know. Write its code, of two capital letters, as in "CA", "FR" or "BE". A province or a region goes into subdivision.
config-region = { $file }: { $key } is not a region that I know in that country. Write one of these codes: { $known }.
config-region-alone = { $file }: { $key } gives a region without its country. Write country as well, as in "CA".
config-region-none = { $file }: I know no region of that country. Take { $key } out.
config-wrong-value = { $file }: what is written for { $key } does not suit. The example shows what to write there.

init-exists = { $file } is there already, and I leave it as it is. Give another name with --config.
init-unwritable = { $file } cannot be written: { $why }.
init-done = { $file } is written, every line explained. Fill in [matrix] and your community, then: veillee check --config { $file }

run-started = Veillée is running. To stop it: Ctrl+C. Nothing will be lost.
run-standing-by = Another Veillée is running on this database. This one waits, and takes over if the other stops.
run-lead-lost = The database did not answer in time. Veillée is silent, so that nothing is said twice. It goes on as soon as it can.
run-stopped = Veillée has stopped. Nothing is lost: it goes on where it was when you start it again.

database-no-folder = The folder { $folder } for { $file } does not exist. Make it, or change file under [database].
database-disk-full = The disk of { $folder } is full. Free some room, then start again: nothing is lost.
database-newer = { $file } was made by a later version of Veillée. Install that version again. Nothing was changed.
database-locked = Another program holds { $file }. Close it, then start again.
database-in-use = Veillée is already running on { $file }. Two at once would say everything twice. Stop the other one first.
database-in-use-behind = Veillée is running on { $file } in an earlier version, and this one must change its tables first. Stop the other one, then try again. Nothing was changed.
database-of-another = { $file } holds the tables of another program. Nothing was changed. Give Veillée a database of its own.
database-not-one = { $file } is not a database of Veillée, or it is damaged. Nothing was changed. Put back your latest copy.
database-not-writable = { $file } cannot be written. Give the right to write to the account that runs Veillée.
database-trouble = { $file } cannot be used: { $why }.

platform-refused-matrix = The Matrix server refuses: { $why }. To see what to do: veillee check
platform-refused-discord = Discord does not accept the token. To see what to do: veillee check
platform-refused-discord-shards = Discord does not serve the shards that are configured. Correct shard_count and shard_ids under [discord], or take them out.

report-which = Which community? Write one of: { $slugs }.
report-nothing-yet = Nothing is known of { $slug } yet. Start Veillée once with: veillee run
report-day = “{ $typed }” is not a day I can read. Write it as 2027-01-04.
report-order = The last day is before the first. Give --from, then --to.
report-language = “{ $typed }” is not a language I write in. Give fr or en.
report-unwritable = The report cannot be written in { $folder }: { $why }.

backup-made = All that is kept is in { $file } ({ $size } kB). It was unpacked to try it: it is whole. Keep it where only you can read it, and your configuration apart.
backup-older-gone = { $count ->
    [one] One older backup was
   *[other] { $count } older backups were
} deleted.
backup-nothing-yet = There is no database at { $file } yet. Start Veillée once with: veillee run
backup-unwritable = { $folder } cannot be written: { $why }. Put that right, or choose another folder. Nothing was changed.
backup-no-room = { $folder } cannot be written: { $why }. Free some room, or choose another folder. Nothing was changed.
backup-unreadable = { $folder } cannot be read: { $why }. Nothing was changed. Make the backup as the account that runs Veillée.
restore-missing = There is no file { $file }. Nothing was changed. Give the file that veillee backup wrote.
restore-folder = { $file } is a folder. Give the file that veillee backup wrote there.
restore-damaged = { $file } is damaged, or is not a backup of Veillée. Nothing was changed. Take another one.
restore-there-already = There is a database at { $file } already, and I leave it as it is. Move it away, then try again.
restore-done = { $file } is back. To go on: veillee run --config { $config }

operator-closed = { $file } is closed to this account. Give the right to it to the account that runs Veillée.
why-folder = it is a folder
why-no-folder = there is a file where a folder is needed
why-missing = there is no such folder
why-no-right = this account has no right to it
why-full = the disk is full
why-share-used = this account has used all the room it may use
why-reads-only = that disk can be read, but nothing can be written there
why-many-open = too many files are open at once
why-long-name = the name is too long
why-broken = the disk does not answer as it should
unforeseen = Something went wrong on our side. Nothing already kept is lost. For whoever mends Veillée: { $where }. VEILLEE_TRACEBACK=1 shows more.

matrix-no-store-key = { $file }: encrypted rooms need store_key under [matrix]. Write one of at least 20 characters that nobody can guess, then start Veillée once.
matrix-other-store-key = The keys in { $folder } were sealed with another store_key. Put that one back under [matrix].
matrix-not-yet = This device has no keys yet. Start Veillée once with: veillee run
matrix-keys-differ = The server shows another key for this device than the one kept here. Do not trust it. To see what to do: veillee check
matrix-verify-account = Account: { $account }
matrix-verify-device = Session ID: { $device }
matrix-verify-key = Session key: { $key }
matrix-verify-signed = The account vouches for this session.
matrix-verify-unsigned = The account does not vouch for this session. To see why: veillee check
matrix-verify-how = In Element: open the profile of { $account }, then its sessions, then “Manually verify by text”. The ID and the key must be the same as here, to the last character.
matrix-identity-replace = { $account } has an identity already. If it is another than the one kept here, it is replaced, and everyone who verified the account must do so again. Go on?
matrix-identity-password = The password of { $account } (it is not kept)
matrix-identity-done = { $account } has the identity that is kept here, and it vouches for the device.
matrix-identity-not-signed = The server took the identity and does not show that it vouches for the device. Try again in a moment.
matrix-password-refused = The server did not accept the password. Nothing was changed.
