# What whoever runs Veillée reads in the terminal: one line each.

config-missing = There is no file { $file }. Copy config.example.toml there, or give another with --config.
config-not-text = { $file } is not a text file in UTF-8. Save it again as UTF-8.
config-unreadable = { $file } cannot be read: { $why }.
config-not-toml = { $file } cannot be understood at line { $line }. Compare that line with config.example.toml: quotes, brackets, equals signs.
config-unknown-key-near = { $file }: there is no setting { $key }. Did you mean { $near }?
config-unknown-key = { $file }: there is no setting { $key }. There may stand: { $known }.
config-key-missing = { $file }: { $key } is missing. config.example.toml shows what to write.
config-token-missing = { $file }: Matrix needs an access token or a password. Write access_token under [matrix], or set VEILLEE_MATRIX__ACCESS_TOKEN.
config-zone = { $file }: { $key } is not a time zone I know. Write it by its city, as in America/Toronto or Europe/Paris.
config-wrong-value = { $file }: { $key } does not suit: { $wanted }.
