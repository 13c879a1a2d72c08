# Ce que disent /health et systemd, et ce que dit `veillee health`.

operating-starting = Veillée démarre.
operating-standing-by = Tout va bien. Un autre processus sert, et celui-ci se tient prêt.
operating-at-work = Tout va bien.
operating-stopping = Veillée s’arrête.

health-not-heard = Aucune nouvelle de { $platform } depuis { $minutes } minutes. Rien de ce qui s’est dit entre-temps n’est perdu. Vérifie le réseau de cette machine, puis : veillee check
health-no-database = La base de données ne répond pas. Rien ne peut être gardé, alors personne ne reçoit de réponse. Vérifie son disque, puis : veillee check
health-kept-away = Ce processus se tient prêt et n’atteint pas la base de données : { $why }. Tant que cela dure, il ne peut pas prendre la relève. Il continue d’essayer. Pour en savoir plus : veillee check
health-not-answered = Une demande attend sa réponse depuis { $minutes } minutes. Le journal du programme dit ce qui bloque.
health-overdue = Un message prévu il y a { $minutes } minutes n’est pas encore parti. Le journal du programme dit ce qui bloque.
health-unsaid = Un message attend depuis { $minutes } minutes de partir sur { $platform }, et rien d’autre n’a pu y partir. Veillée continue d’essayer. Pour savoir pourquoi : veillee check
health-nobody = Rien ne répond à { $address }. Veillée ne tourne pas, ou elle écoute ailleurs : voir listen sous [operating].
health-nowhere = { $file } : l’état de Veillée ne se montre nulle part. Écris listen = "127.0.0.1:9464" sous [operating], puis redémarre Veillée.
