# Ce que dit `veillee check`, une ligne par chose vérifiée.

check-config = La configuration { $file } se comprend : { $count ->
    [one] une communauté
   *[other] { $count } communautés
}.
check-database = La base de données { $file } peut servir. Il reste { $free } Mo sur son disque.
check-all-well = Tout est en place. Pour démarrer : veillee run --config { $file }
check-found = { $count ->
    [one] Une chose est
   *[other] { $count } choses sont
} à corriger : chaque ligne marquée ✗ dit laquelle.

check-matrix-server = { $server } est bien un serveur Matrix ({ $version }).
check-matrix-unreachable = { $server } ne répond pas : { $reason }. Vérifie homeserver sous [matrix], et le réseau de cette machine.
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
check-matrix-may-post = { $community } : il peut écrire dans { $room }.
check-matrix-may-not-post = { $community } : il ne peut pas écrire dans { $room }. Son niveau est { $level }, et il faut { $needed }. Augmente-le dans les réglages du salon.
check-matrix-encrypted = { $community } : { $room } est chiffré. Cette version ne peut pas le lire, et n’y écrit rien. Prends un salon sans chiffrement, ou attends la version qui saura.
