# Ce que lit dans le terminal la personne qui fait tourner Veillée : une ligne chaque fois.

config-missing = Il n’y a pas de fichier { $file }. Copie config.example.toml à cet endroit, ou donne un autre fichier avec --config.
config-not-text = { $file } n’est pas un fichier texte en UTF-8. Enregistre-le de nouveau en UTF-8.
config-unreadable = { $file } ne peut pas être lu : { $why }.
config-not-toml = La ligne { $line } de { $file } ne se comprend pas. Compare-la avec config.example.toml : guillemets, crochets, signe égal.
config-environment = { $name }, dans l’environnement, ne se comprend pas. Enlève-le, ou donne un réglage à la fois, comme VEILLEE_MATRIX__ACCESS_TOKEN.
config-unknown-key-near = { $file } : le réglage { $key } n’existe pas. Voulais-tu écrire { $near } ?
config-unknown-key = { $file } : le réglage { $key } n’existe pas. Peuvent se trouver là : { $known }.
config-key-missing = { $file } : il manque { $key }. config.example.toml montre quoi écrire.
config-token-missing = { $file } : Matrix demande un jeton d’accès ou un mot de passe. Écris access_token sous [matrix], ou donne VEILLEE_MATRIX__ACCESS_TOKEN.
config-no-platform = { $file } : il manque le compte que Veillée utilise. Ajoute une partie [matrix] ou [discord].
config-no-place = { $file } : la communauté { $community } ne se réunit nulle part. Ajoute [communities.matrix] ou [communities.discord] sous elle.
config-no-office = { $file } : dans { $community }, qui arrive attend une réponse de l’animation, et je n’ai personne à qui la demander. Nomme une personne dans facilitators, ou donne un office.
config-no-account = { $file } : la communauté { $community } se réunit sur { $platform }, et la partie [{ $platform }] manque. Ajoute-la.
config-token = { $file } : { $key }, là ou dans l’environnement, contient un saut de ligne ou un autre signe qu’aucun jeton ne porte. Recopie le jeton, seul sur une ligne.
config-zone = { $file } : { $key } n’est pas un fuseau horaire que je connais. Écris-le par sa ville, comme America/Toronto ou Europe/Paris.
config-hour = { $file } : { $key } n’est pas une heure du jour. Écris-la entre guillemets, comme "21:00". C’est une heure de l’horloge de la communauté, sans fuseau.
config-holiday = { $file } : « { $day } », dans { $key }, n’est pas un jour. Écris-le comme "2027-07-20", ou le premier et le dernier comme "2027-07-20/2027-08-15".
config-holiday-backwards = { $file } : « { $day } », dans { $key }, finit avant de commencer. Écris d’abord le premier jour, puis le dernier.
config-holiday-long = { $file } : « { $day } », dans { $key }, c’est plus d’un an. Corrige le dernier jour. Pour tout arrêter longtemps, il y a la pause.
config-listen = { $file } : { $key } n’est pas une adresse de cette machine. Écris-la comme "127.0.0.1:9464".
config-number = { $file } : { $key } n’est pas un nombre entier. Écris-le en chiffres, sans guillemets, comme 3.
config-at-least = { $file } : { $key } est trop petit. Écris { $number } ou plus.
config-at-most = { $file } : { $key } est trop grand. Écris { $number } ou moins.
config-yes-or-no = { $file } : { $key } se répond par oui ou par non. Écris true pour oui ou false pour non, sans guillemets.
config-choice = { $file } : ce qui est écrit pour { $key } n’est pas un des choix. Écris l’un de ceux-ci : { $choices }.
config-text = { $file } : { $key } est un texte. Écris-le entre guillemets.
config-too-short = { $file } : { $key } { $count ->
    [one] est vide. Écris-y quelque chose.
   *[other] est trop court. Écris au moins { $count } signes.
}
config-too-long = { $file } : { $key } est trop long. Écris { $count ->
    [one] un seul signe
   *[other] { $count } signes au plus
}.
config-list = { $file } : { $key } est une liste. Écris-la entre crochets, avec une virgule entre deux éléments.
config-list-too-short = { $file } : { $key } { $count ->
    [one] est une liste vide. Écris-y au moins un élément.
   *[other] est une liste trop courte. Écris au moins { $count } éléments.
}
config-date = { $file } : { $key } n’est pas une date. Écris-la comme 2027-01-04.
config-part = { $file } : { $key } est une partie, avec ses propres réglages. Écris [{ $part }] seul sur une ligne, et ses réglages dessous.
config-parts = { $file } : il peut y avoir plusieurs { $part }. Écris [[{ $part }]] seul sur une ligne, à doubles crochets, avant chaque partie.
config-address = { $file } : { $key } n’est pas une adresse web entière. Écris-la comme { $example }.
config-account = { $file } : { $key } n’est pas l’identifiant entier d’un compte. Écris-le comme "@veillee:example.org".
config-room = { $file } : { $key } n’est ni l’adresse ni l’identifiant d’un salon ou d’un espace Matrix. Écris son adresse, comme "#salon:example.org".
config-store-key = { $file } : { $key } est un secret trop court. Écris-en un d’au moins { $least } signes, que personne ne peut deviner.
config-slug = { $file } : { $key } est un nom court. Écris-le en minuscules sans accents, chiffres et traits d’union, comme "tenir-le-fil", en 63 signes au plus.
config-slug-twice = { $file } : plusieurs communautés ont le même slug : { $slugs }. Donne à chacune le sien.
config-discord-server = { $file } : { $key } n’est pas l’identifiant d’un serveur Discord. Écris-le entre guillemets : de 16 à 20 chiffres, comme "123456789012345678".
config-discord-name = { $file } : { $key } n’est ni le nom ni l’identifiant d’un salon ou d’un rôle. Écris-le sur une ligne, sans espace au début, en 100 signes au plus.
config-shards = { $file } : shard_ids, sous [discord], ne va qu’avec un shard_count plus grand que chacun d’eux. Corrige l’un ou l’autre.
config-country = { $file } : { $key } n’est pas un pays dont je connais les jours fériés. Écris son code, de deux majuscules, comme "CA", "FR" ou "BE". Une province ou une région va dans subdivision.
config-region = { $file } : { $key } n’est pas une région que je connais dans ce pays. Écris un de ces codes : { $known }.
config-region-alone = { $file } : { $key } donne une région sans son pays. Écris aussi country, comme "CA".
config-region-none = { $file } : je ne connais aucune région à ce pays. Enlève { $key }.
config-wrong-value = { $file } : ce qui est écrit pour { $key } ne convient pas. L’exemple montre quoi y écrire.

init-exists = { $file } existe déjà, et je n’y touche pas. Donne un autre nom avec --config.
init-unwritable = { $file } ne peut pas être écrit : { $why }.
init-done = { $file } est écrit, chaque ligne expliquée. Remplis [matrix] et ta communauté, puis : veillee check --config { $file }

run-started = Veillée est en marche. Pour l’arrêter : Ctrl+C. Rien ne se perdra.
run-standing-by = Une autre Veillée est en marche sur cette base. Celle-ci attend, et prend la relève si l’autre s’arrête.
run-lead-lost = La base de données n’a pas répondu à temps. Veillée se tait, pour que rien ne soit dit deux fois. Elle reprend dès que possible.
run-stopped = Veillée est arrêtée. Rien n’est perdu : elle reprendra où elle en était.

database-no-folder = Le dossier { $folder }, prévu pour { $file }, n’existe pas. Crée-le, ou change file sous [database].
database-disk-full = Le disque de { $folder } est plein. Libère de la place, puis relance : rien n’est perdu.
database-newer = { $file } vient d’une version plus récente de Veillée. Réinstalle cette version. Rien n’a été changé.
database-locked = Un autre programme retient { $file }. Ferme-le, puis relance.
database-in-use = Veillée est déjà en marche sur { $file }. À deux, tout serait dit deux fois. Arrête d’abord l’autre.
database-in-use-behind = Une Veillée d’une version plus ancienne est en marche sur { $file }, et celle-ci doit d’abord en changer les tables. Arrête l’autre, puis recommence. Rien n’a été changé.
database-of-another = { $file } contient les tables d’un autre programme. Rien n’a été changé. Donne à Veillée une base rien qu’à elle.
database-not-one = { $file } n’est pas une base de données de Veillée, ou elle est abîmée. Rien n’a été changé. Remets ta dernière copie.
database-not-writable = { $file } ne peut pas être écrit. Donne le droit d’écrire au compte qui fait tourner Veillée.
database-trouble = { $file } ne peut pas servir : { $why }.

platform-refused-matrix = Le serveur Matrix refuse : { $why }. Pour savoir quoi faire : veillee check
platform-refused-discord = Discord n’accepte pas le jeton. Pour savoir quoi faire : veillee check
platform-refused-discord-shards = Discord ne sert pas les parts configurées. Corrige shard_count et shard_ids sous [discord], ou enlève-les.

report-which = Quelle communauté ? Écris l’une de celles-ci : { $slugs }.
report-nothing-yet = Je ne sais encore rien de { $slug }. Lance Veillée une première fois : veillee run
report-day = « { $typed } » n’est pas un jour que je sais lire. Écris-le ainsi : 2027-01-04.
report-order = Le dernier jour vient avant le premier. Donne --from, puis --to.
report-language = Je n’écris pas en « { $typed } ». Donne fr ou en.
report-unwritable = Le bilan ne peut pas être écrit dans { $folder } : { $why }.

backup-made = Tout ce qui est gardé est dans { $file } ({ $size } ko). La copie a été ouverte pour l’essayer : elle est complète. Range-la où personne d’autre ne peut la lire, et ta configuration à part.
backup-older-gone = { $count ->
    [one] Une copie plus ancienne a été effacée.
   *[other] { $count } copies plus anciennes ont été effacées.
}
backup-nothing-yet = Il n’y a pas encore de base de données dans { $file }. Démarre Veillée une première fois : veillee run
backup-unwritable = Impossible d’écrire dans { $folder } : { $why }. Mets cela en ordre, ou choisis un autre dossier. Rien n’a été changé.
backup-no-room = Impossible d’écrire dans { $folder } : { $why }. Libère de la place, ou choisis un autre dossier. Rien n’a été changé.
backup-unreadable = Impossible de lire { $folder } : { $why }. Rien n’a été changé. Fais la copie sous le compte qui fait tourner Veillée.
restore-missing = Le fichier { $file } n’existe pas. Rien n’a été changé. Donne le fichier que veillee backup a écrit.
restore-folder = { $file } est un dossier. Donne le fichier que veillee backup y a écrit.
restore-damaged = { $file } est abîmé, ou n’est pas une copie de Veillée. Rien n’a été changé. Prends une autre copie.
restore-there-already = Il y a déjà une base de données dans { $file }, et je n’y touche pas. Mets-la de côté, puis recommence.
restore-done = { $file } est de retour. Pour reprendre : veillee run --config { $config }

operator-closed = { $file } est fermé à ce compte. Donne le droit d’y accéder au compte qui fait tourner Veillée.
why-folder = c’est un dossier
why-no-folder = un fichier se trouve là où il faut un dossier
why-missing = ce dossier n’existe pas
why-no-right = ce compte n’en a pas le droit
why-full = le disque est plein
why-share-used = ce compte a pris toute la place à laquelle il a droit
why-reads-only = ce disque peut être lu, mais on ne peut rien y écrire
why-many-open = trop de fichiers sont ouverts en même temps
why-long-name = le nom est trop long
why-broken = le disque ne répond pas comme il faut
unforeseen = Quelque chose a mal tourné de notre côté. Rien de ce qui était gardé n’est perdu. Pour la personne qui répare Veillée : { $where }. VEILLEE_TRACEBACK=1 en montre plus.

matrix-no-store-key = { $file } : les salons chiffrés demandent store_key sous [matrix]. Écris-en un d’au moins 20 caractères que personne ne peut deviner, puis démarre Veillée une fois.
matrix-other-store-key = Les clés dans { $folder } ont été scellées avec un autre store_key. Remets celui-là sous [matrix].
matrix-not-yet = Cet appareil n’a pas encore de clés. Démarre Veillée une fois avec : veillee run
matrix-keys-differ = Le serveur montre pour cet appareil une autre clé que celle gardée ici. Ne lui fais pas confiance. Pour voir quoi faire : veillee check
matrix-verify-account = Compte : { $account }
matrix-verify-device = ID de session : { $device }
matrix-verify-key = Clé de session : { $key }
matrix-verify-signed = Le compte se porte garant de cette session.
matrix-verify-unsigned = Le compte ne se porte pas garant de cette session. Pour voir pourquoi : veillee check
matrix-verify-how = Dans Element : ouvre le profil de { $account }, puis ses sessions, puis « Vérifier manuellement avec un texte ». L’ID et la clé doivent être les mêmes qu’ici, jusqu’au dernier caractère.
matrix-identity-replace = { $account } a déjà une identité. Si c’est une autre que celle gardée ici, elle est remplacée, et chaque personne qui avait vérifié le compte devra le refaire. Continuer ?
matrix-identity-password = Le mot de passe de { $account } (il n’est pas gardé)
matrix-identity-done = { $account } a l’identité gardée ici, et elle se porte garante de l’appareil.
matrix-identity-not-signed = Le serveur a pris l’identité et ne montre pas qu’elle se porte garante de l’appareil. Réessaie dans un moment.
matrix-password-refused = Le serveur n’a pas accepté le mot de passe. Rien n’a été changé.
