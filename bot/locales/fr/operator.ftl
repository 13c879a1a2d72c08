# Ce que lit dans le terminal la personne qui fait tourner Veillée : une ligne chaque fois.

config-missing = Il n’y a pas de fichier { $file }. Copie config.example.toml à cet endroit, ou donne un autre fichier avec --config.
config-not-text = { $file } n’est pas un fichier texte en UTF-8. Enregistre-le de nouveau en UTF-8.
config-unreadable = { $file } ne peut pas être lu : { $why }.
config-not-toml = La ligne { $line } de { $file } ne se comprend pas. Compare-la avec config.example.toml : guillemets, crochets, signe égal.
config-unknown-key-near = { $file } : le réglage { $key } n’existe pas. Voulais-tu écrire { $near } ?
config-unknown-key = { $file } : le réglage { $key } n’existe pas. Peuvent se trouver là : { $known }.
config-key-missing = { $file } : il manque { $key }. config.example.toml montre quoi écrire.
config-token-missing = { $file } : Matrix demande un jeton d’accès ou un mot de passe. Écris access_token sous [matrix], ou donne VEILLEE_MATRIX__ACCESS_TOKEN.
config-zone = { $file } : { $key } n’est pas un fuseau horaire que je connais. Écris-le par sa ville, comme America/Toronto ou Europe/Paris.
config-wrong-value = { $file } : la valeur de { $key } ne convient pas ({ $wanted }).
