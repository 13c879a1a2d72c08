# Ce que dit `veillee check`, une ligne par chose vérifiée.

check-config = La configuration { $file } se comprend : { $count ->
    [one] une communauté
   *[other] { $count } communautés
}.
check-disk = Il reste { $free } Mo sur le disque de { $folder }.
check-disk-little = Il ne reste que { $free } Mo sur le disque de { $folder }. Une copie n’y tient pas, et bientôt plus rien. Libère de la place.
check-folder-closed = Impossible d’écrire dans { $folder }. Ce qui se dit y serait perdu, alors Veillée ne démarre pas. Donne le droit d’y écrire au compte qui fait tourner Veillée.
check-folder-open = D’autres comptes de cette machine peuvent lire { $folder }, où sont des clés, ou ce que des membres ont confié. Ferme ce dossier : chmod 700 { $folder }
check-config-open = D’autres comptes de cette machine peuvent lire { $file }, où se trouve un secret. Ferme ce fichier : chmod 600 { $file }
check-database-later = La base de données { $file } sera créée au premier démarrage.
check-database-current = La base de données { $file } est de cette version.
check-database-behind = La base de données { $file } vient d’une version plus ancienne. Elle sera mise à jour au prochain démarrage. Un fichier est d’abord copié ; pour une base sur un serveur, fais une copie avant : veillee backup
check-database-whole = La base de données { $file } a été lue d’un bout à l’autre : elle est intacte.
check-database-large = La base de données { $file } est grande. Elle a été lue pendant 20 secondes, et ce qui a été lu est intact.
check-database-damaged = La base de données { $file } est abîmée. Arrête Veillée, mets le fichier de côté, et remets ta dernière copie : veillee restore
check-database-held = Veillée est en marche sur { $file } en ce moment.
check-database-as-root = Tu es root, et { $file } n’est pas à root. Ce que root peut faire ne dit rien du compte qui fait tourner Veillée. Recommence sous ce compte : sudo -u
check-database-server = La base de données PostgreSQL { $file } répond.
check-time = L’horloge de cette machine s’accorde avec { $server }.
check-time-ahead = L’horloge de cette machine avance de { $gap } sur { $server }. Tout partirait trop tôt. Règle-la par le réseau : timedatectl set-ntp true
check-time-behind = L’horloge de cette machine retarde de { $gap } sur { $server }. Tout partirait trop tard. Règle-la par le réseau : timedatectl set-ntp true
check-zone = { $community } : là-bas, c’est le { $now }.
check-listen-open = L’état de Veillée et ses chiffres sont ouverts à qui atteint { $address }. Ils ne nomment personne et disent seulement combien se fait. Pour cette machine seule, écris listen = "127.0.0.1:9464" sous [operating].
check-backup = La dernière copie dans { $folder } date { $days ->
    [0] d’aujourd’hui
    [1] d’hier
   *[other] d’il y a { $days } jours
}.
check-backup-old = La dernière copie dans { $folder } date d’il y a { $days } jours. Ce qui est venu depuis serait perdu avec le disque. Fais-en une maintenant, puis chaque nuit : veillee backup --out { $folder } --keep 14
check-backup-ahead = La copie { $file } est datée de plus tard que maintenant : l’horloge de cette machine avançait alors, ou retarde à présent. Impossible de savoir de quand elle date. Règle l’horloge par le réseau (timedatectl set-ntp true), puis fais une autre copie : veillee backup --out { $folder } --keep 14
check-backup-closed = Ce compte n’a pas le droit d’ouvrir { $folder } : impossible de savoir de quand date la dernière copie. Donne ce droit au compte qui fait tourner Veillée.
check-backup-none = Il n’y a aucune copie dans { $folder }. Si le disque lâche, tout est perdu. Fais-en une maintenant, puis chaque nuit : veillee backup --out { $folder } --keep 14
check-all-well = Tout est en place. Pour démarrer : veillee run --config { $file }
check-found = { $count ->
    [one] Une chose est
   *[other] { $count } choses sont
} à corriger : chaque ligne marquée ✗ dit laquelle.

check-matrix-server = { $server } est bien un serveur Matrix ({ $version }).
check-matrix-unreachable = { $server } ne répond pas : { $reason }. Vérifie homeserver sous [matrix], et le réseau de cette machine.
check-matrix-silent = { $server } ne répond pas. Vérifie homeserver sous [matrix], et le réseau de cette machine.
check-matrix-no-name = Le nom de { $server } est introuvable. Vérifie homeserver sous [matrix], et le réseau de cette machine.
check-matrix-not-trusted = Aucune connexion sûre avec { $server } : son certificat n’est pas reconnu, ou il n’en a pas. Vérifie homeserver sous [matrix], et l’horloge de cette machine.
check-matrix-no-matrix = { $server } répond, mais pas comme un serveur Matrix. Vérifie homeserver sous [matrix] : c’est l’adresse que demande un client, souvent https://matrix. suivi du domaine.
check-matrix-token = Le compte { $account } est accepté, sur l’appareil { $device }.
check-matrix-token-refused = Le serveur n’accepte pas { $account } : { $reason }. Mets un nouveau access_token sous [matrix], ou dans VEILLEE_MATRIX__ACCESS_TOKEN.
check-matrix-interrupted = Le serveur a cessé de répondre en chemin : { $reason }. Réessaie dans un moment.
check-matrix-space = { $community } : l’espace { $room } peut être lu. Salons trouvés : { $rooms }.
check-matrix-space-unreadable = { $community } : l’espace { $room } ne peut pas être lu : { $reason }. Invite le compte dans l’espace.
check-matrix-alias-unknown = { $community } : le serveur ne connaît pas { $room } : { $reason }. Vérifie comment c’est écrit.
check-matrix-no-room = { $community } : aucun salon n’est configuré. Écris space ou rooms sous [communities.matrix].
check-matrix-joined = { $community } : le compte est dans { $room }.
check-matrix-not-joined = { $community } : le compte n’est pas dans { $room }. Invite-le : il entrera de lui-même quand Veillée sera en marche.
check-matrix-knocked = { $community } : le compte a demandé à entrer dans { $room }. Il faut que quelqu’un de ce salon le laisse entrer.
check-matrix-followed = { $community } : { $room } a été remplacé par { $successor }, et tout continue là-bas.
check-matrix-replaced = { $community } : { $room } a été remplacé par { $successor }, où le compte n’est pas. Invite-le dans ce nouveau salon, ou écris celui-ci sous [communities.matrix].
check-matrix-may-post = { $community } : il peut écrire dans { $room }.
check-matrix-may-not-post = { $community } : il ne peut pas écrire dans { $room }. Son niveau est { $level }, et il faut { $needed }. Augmente-le dans les réglages du salon.
check-matrix-may-pin = { $community } : il peut épingler la prochaine rencontre dans { $room }.
check-matrix-may-not-pin = { $community } : la prochaine rencontre n’est pas épinglée dans { $room }. Il y faut le niveau { $needed }, et le sien est { $level }. Tout le reste s’en passe.
check-matrix-may-not-react = { $community } : dans { $room }, il ne peut pas mettre sous ses messages de quoi cliquer, et personne ne pourrait répondre d’un clic. Son niveau est { $level }, et il faut { $needed } pour envoyer des réactions. Baisse ce nombre dans les réglages du salon, ou augmente son niveau.
check-matrix-may-not-poll = { $community } : les sondages dans { $room } se font par un message, et non par un sondage de Matrix. Il y faut le niveau { $needed }, et le sien est { $level }. Tout le reste s’en passe.
check-matrix-encrypted = { $community } : { $room } est chiffré.
check-matrix-no-store-key = Salons chiffrés : { $rooms }. Pour y lire et y écrire, il faut à Veillée un secret à elle : écris store_key sous [matrix], ou VEILLEE_MATRIX__STORE_KEY, avec au moins 20 caractères que personne ne peut deviner.
check-matrix-no-device = Ce jeton n’appartient à aucun appareil, et les salons chiffrés en demandent un. Connecte-toi avec un mot de passe, ou mets un jeton qui vient d’une connexion.
check-matrix-other-store-key = Les clés dans { $folder } ont été scellées avec un autre store_key. Remets celui-là sous [matrix] : sans lui, elles ne s’ouvrent pas.
check-matrix-keys-lost-password = Le serveur connaît l’appareil { $device } par des clés qui ne sont plus ici, et rien ne peut les remplacer. Écris un autre device_id sous [matrix] : Veillée se connecte comme un nouvel appareil. Ce qui a été écrit entre-temps à l’ancien ne peut pas être lu.
check-matrix-keys-lost-token = Le serveur connaît l’appareil { $device } par des clés qui ne sont plus ici, et rien ne peut les remplacer. Connecte le compte de nouveau et mets son nouveau jeton sous [matrix] : il amène un nouvel appareil. Ce qui a été écrit entre-temps à l’ancien ne peut pas être lu.
check-matrix-keys-later = Les clés des salons chiffrés se font au premier démarrage, dans { $folder }. Garde ce dossier et store_key avec tes copies.
check-matrix-device = Salons chiffrés connus : { $rooms }. L’appareil { $device } montre cette clé : { $key }. Pour la comparer : veillee matrix verify
check-matrix-signed = Le compte se porte garant de l’appareil { $device }.
check-matrix-identity-foreign = Le compte a une identité qui ne se porte pas garante de l’appareil { $device }. La plupart des gens n’en sont pas gênés. Pour en changer : veillee matrix identity
check-matrix-identity-missing = Le compte ne se porte encore garant d’aucun appareil. Il le fait quand Veillée a démarré une fois ; sinon : veillee matrix identity

check-discord-token = Le jeton est accepté : le bot s’appelle { $name }.
check-discord-token-refused = Discord n’accepte pas le jeton. Sur la page « Bot » de l’application, fais-en un nouveau, puis mets-le sous [discord], ou dans VEILLEE_DISCORD__TOKEN.
check-discord-unreachable = Discord ne répond pas. Vérifie le réseau de cette machine.
check-discord-interrupted = Discord a cessé de répondre en chemin. Rien n’a changé. Réessaie dans un moment.
check-discord-members = Les arrivées et les départs seront vus.
check-discord-members-off = Les arrivées et les départs ne seront pas vus : personne ne sera accueilli. Sur la page « Bot » de l’application, active « Server Members Intent ». Sinon, écris members = false sous [discord].
check-discord-content = Les commandes tapées avec le préfixe seront lues.
check-discord-content-off = Les commandes tapées avec le préfixe ne seront pas lues. Sur la page « Bot » de l’application, active « Message Content Intent », ou écris read_messages = false sous [discord] : les commandes de Discord suffisent.
check-discord-server = { $community } : le bot est sur le serveur { $name }.
check-discord-not-there = { $community } : le bot n’est pas sur le serveur { $server }. Ouvre cette adresse pour l’y inviter : { $address }
check-discord-no-channel = { $community } : aucun salon ne s’appelle { $name } ({ $key } sous [communities.discord]), ou le bot ne le voit pas.
check-discord-no-role = { $community } : aucun rôle ne s’appelle { $name } ({ $key } sous [communities.discord]).
check-discord-no-main = { $community } : il n’y a aucun salon où le bot peut écrire. Choisis-en un avec main sous [communities.discord], et donne-lui le droit d’y écrire.
check-discord-channels = { $community } : salons vus : { $count }.
check-discord-no-channels = { $community } : il ne voit aucun salon. Donne-lui « Voir les salons ».
check-discord-role-above = { $community } : le bot ne peut pas donner le rôle { $name }, car il est au-dessus du sien. Dans les rôles du serveur, place celui du bot plus haut.
check-discord-may-not-view = { $community } : il ne voit pas { $channel }. Donne-lui « Voir le salon ».
check-discord-may-not-send = { $community } : il ne peut pas écrire dans { $channel }. Donne-lui « Envoyer des messages ».
check-discord-may-not-history = { $community } : il ne peut pas lire ce qui s’est dit dans { $channel } pendant un arrêt. Donne-lui « Voir les anciens messages ».
check-discord-may-not-files = { $community } : il ne peut pas joindre de fichier dans { $channel }. Donne-lui « Joindre des fichiers ».
check-discord-may-not-threads = { $community } : il ne peut pas ouvrir d’antichambre dans { $channel }. Donne-lui « Créer des fils publics » et « Envoyer des messages dans les fils ».
check-discord-may-not-polls = { $community } : il ne peut pas ouvrir de sondage dans { $channel }. Donne-lui « Créer des sondages ».
check-discord-may-not-pin = { $community } : il ne peut pas épingler la prochaine rencontre dans { $channel }. Donne-lui « Épingler des messages ».
check-discord-may-not-events = { $community } : il ne peut pas mettre les rencontres dans les événements du serveur. Donne-lui « Créer des événements ».
check-discord-may-not-voice = { $community } : il ne peut pas mettre une rencontre dans un salon vocal. Donne-lui « Se connecter ».
check-discord-may-not-roles = { $community } : il ne peut pas donner le rôle des membres. Donne-lui « Gérer les rôles ».
