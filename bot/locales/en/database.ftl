# What whoever runs Veillée reads of its database in the terminal: one line each.

config-database-file = { $file }: file under [database] is not the name of a file. Write one, such as veillee.db.
config-database-url = { $file }: url under [database] is not the address of a PostgreSQL database. Write it as in postgresql://user:password@host/name. In the password, % is written %25, @ is %40, : is %3A and / is %2F.
config-database-settings = { $file }: what follows the question mark in url under [database] is not all understood. Write settings of PostgreSQL there, as in sslmode=require, with & between two.
config-database-both = { $file }: the database is given twice, by file and by url. Keep one of the two lines under [database].
config-database-folder-alone = { $file }: folder under [database] only goes with url. With a file, everything lies beside it. Take folder out.

database-unreachable = No PostgreSQL answers at { $where }. See that it runs, and compare the address with url under [database]. Nothing is lost.
database-settings = A setting at the end of url under [database] does not suit { $where }: { $why }. Correct it, or take it out.
database-missing = The server answers, and it has no database { $where }. Create it there, or correct the end of url under [database].
database-refused = { $where } does not let Veillée in: { $why }. Compare the name and the password with url under [database].
database-closed = { $where } exists, but does not let in the account that Veillée uses: { $why }. Give it the right to connect, or see who holds the other connections. Nothing was changed.
database-no-right = At { $where }, the account that Veillée uses may not create tables. Make that account the owner of the database, then start again.
database-too-old = { $where } is on PostgreSQL { $version }. Veillée needs { $oldest } or later. Nothing was changed.
database-not-utf8 = { $where } keeps texts in { $encoding }. Create a database in UTF8, and give that one. Nothing was changed.
database-reads-only = { $where } can only be read: perhaps it is the copy of another server. Give the address of the one that can be written to.
database-server-full = The disk of the server of { $where } is full. Free some room there, then start again: nothing is lost.
database-busy = Another program has been at work on the tables of { $where } for a minute. Try again once it is done. Nothing was changed.
database-kept-before = This version changes the tables. As it was before, the database is kept in { $file }.
migrate-done = The tables of { $file } are up to date.

copy-which = Which database into which? Give --to, --from, or both: a configuration, a file, or an address of PostgreSQL.
copy-same = Both are the same database. Give another one with --to.
copy-address = That is not the address of a PostgreSQL database. Write it as in postgresql://user@host/name, with the password in PGPASSWORD, or give a configuration.
copy-file = That is no file. Give the name of one, such as veillee.db, with its folder where it lies in another.
copy-nothing = There is no database at { $file }. Nothing was changed.
copy-behind = { $file } is still as an earlier version made it. Nothing was changed. Bring it up to date first, with the configuration that names it: veillee migrate
copy-not-empty = { $file } is not empty, and I leave it as it is. Give a new database.
copy-differs = What came to { $target } is not what lies in { $file }: the table { $table } differs. Nothing was kept there. Try again.
copy-not-whole = Some rows refer to others that are not there. Nothing was changed. Take the latest backup of this database.
copy-done = { $rows ->
    [one] { $rows } row of { $tables } table went from { $source } to { $target }, and it was compared.
   *[other] { $rows } rows of { $tables ->
        [one] { $tables } table
       *[other] { $tables } tables
    } went from { $source } to { $target }, and every one was compared.
} What was there is still there.
copy-change = Change [database] now, then start Veillée again.
copy-folder = Move { $source } to { $target } before you start: these are not in a database.
backup-behind = { $file } is still as an earlier version made it. Start Veillée once, then make the backup.
