# La répétition d’une saison : ce que lit, au terminal et dans la transcription, la personne qui prépare.

rehearsal-title = { $community } : une saison répétée
rehearsal-subtitle = { $weeks ->
    [one] Une semaine
   *[other] { $weeks } semaines
}, { $members ->
    [one] un membre
   *[other] { $members } membres
} et { $facilitators ->
    [0] personne à l’animation
    [one] une personne à l’animation
   *[other] { $facilitators } personnes à l’animation
}. Tout est inventé, sauf ce que Veillée écrit.
rehearsal-progress = Semaine { $week } sur { $weeks }

rehearsal-moment-planned = L’animation prévoit les rencontres
rehearsal-moment-announced = L’annonce, dans le salon
rehearsal-moment-greeted = L’accueil, dans le salon
rehearsal-moment-first = Les premiers mots, en privé à { $name }
rehearsal-moment-icebreaker = Un brise-glace, et deux réponses
rehearsal-moment-mistyped = Une commande mal tapée
rehearsal-moment-story = Un récit demandé en privé à { $name }
rehearsal-moment-stories = Les récits, à l’heure de la rencontre
rehearsal-moment-pulse = La prise de pouls, en privé à { $name }
rehearsal-moment-result = Le résultat du pouls, dans le salon
rehearsal-moment-newcomers = En cours de saison, de nouvelles personnes arrivent
rehearsal-clicked = { $name } clique sur [{ $label }]
rehearsal-clicked-sealed = { $name } clique. Personne ne saura sur quoi.
rehearsal-edited = (modifié)
rehearsal-cut = (la suite dans transcript.md)

rehearsal-done = La saison est jouée
rehearsal-sum-said = Veillée a écrit { $room } messages dans le salon et { $private } en privé, sans qu’on le lui rappelle.
rehearsal-sum-members = Les membres ont écrit { $messages } messages et { $replies } réponses, et fait { $clicks } clics.
rehearsal-sum-sessions = { $sessions ->
    [0] Aucune rencontre.
    [one] Une rencontre : { $yes } « Je viens », { $came } présences.
   *[other] { $sessions } rencontres : { $yes } « Je viens », { $came } présences en tout.
}
rehearsal-sum-stories = { $stories ->
    [0] Aucun récit d’expérience.
    [one] Un récit d’expérience.
   *[other] { $stories } récits d’expérience, dont { $unsigned } sans nom ou lus par l’animation.
}
rehearsal-sum-pulses = { $pulses ->
    [0] Aucune prise de pouls.
    [one] Une prise de pouls, { $answers } réponses, aucune liée à une personne.
   *[other] { $pulses } prises de pouls, { $answers } réponses, aucune liée à une personne.
}
rehearsal-files = Tout est dans { $folder }
rehearsal-file-transcript = la saison comme les membres la liraient
rehearsal-file-report = l’évaluation, avec ses définitions
rehearsal-file-calendar = les rencontres, pour un agenda
rehearsal-file-activity = le journal d’activité : qui, où, quand, jamais quoi
rehearsal-file-database = la base de données, entière
rehearsal-again = La même saison, avec --seed { $seed }, donne exactement les mêmes fichiers.

rehearsal-transcript-intro = Une saison répétée à huis clos, sur une horloge qui avance vite. Les personnes, leurs messages et leurs récits sont inventés. Ce que Veillée écrit est ce que des membres liraient.
rehearsal-room = Dans le salon
rehearsal-private = En privé
rehearsal-private-intro = Les échanges privés de quelques personnes, en entier. Chaque membre a les siens, que personne d’autre ne lit.
rehearsal-week = Semaine { $number }
rehearsal-who-facilitates = { $name }, qui anime
rehearsal-who-tells-stories = { $name }, qui raconte volontiers
rehearsal-who-clicks = { $name }, qui préfère cliquer
rehearsal-who-joins-in-week-5 = { $name }, qui arrive en semaine 5

rehearsal-inside-offer = Tu peux maintenant entrer dans la communauté : parler, cliquer, avancer le temps.
rehearsal-inside-help =
    Écris une phrase : elle est dite là où tu es.
    comme Nadia : devenir quelqu’un d’autre. qui : voir qui est là.
    salon : parler dans le salon. privé : parler seul à seul avec Veillée.
    fil … : répondre sous le dernier message de Veillée dans le salon.
    2 : cliquer sur le bouton 2.
    +3 jours, +2 heures : avancer le temps.
    { $help } : ce que Veillée sait faire. En privé, { $private } suffit.
    quitter : sortir.
rehearsal-inside-now-room = { $when }. Tu es { $name }, dans le salon.
rehearsal-inside-now-private = { $when }. Tu es { $name }, en privé avec Veillée.
rehearsal-inside-place-room = salon
rehearsal-inside-place-private = privé
rehearsal-inside-unknown = Personne ici ne s’appelle { $name }. Pour voir qui est là : qui
rehearsal-inside-gone = { $name } n’est pas dans le salon en ce moment. Choisis quelqu’un d’autre, ou avance le temps.
rehearsal-inside-no-button = Aucun bouton { $number } sous les messages que tu vois.
rehearsal-inside-no-thread = Veillée n’a rien écrit dans le salon.
rehearsal-inside-gap = Je n’ai pas compris de combien avancer. Par exemple : +3 jours
rehearsal-inside-far = Un an au plus d’un seul coup.
rehearsal-inside-quiet = Rien de nouveau.
rehearsal-inside-nothing = (Veillée ne répond pas : dans le salon, elle n’écoute que les commandes.)
rehearsal-inside-more = … et { $count } messages avant ceux-là.
rehearsal-inside-facilitators = À l’animation : { $names }
rehearsal-inside-members = Membres : { $names }
rehearsal-inside-absent = Pas là en ce moment : { $names }
rehearsal-inside-bye = Les fichiers sont à jour, avec ce que tu as fait.

rehearsal-season-missing = Il n’y a pas de saison { $file }. Sans fichier, veillee rehearse joue une saison d’exemple.
rehearsal-season-not-toml = La ligne { $line } de { $file } ne se comprend pas : guillemets, crochets, signe égal.
rehearsal-season-key-missing = { $file } : il manque { $key }. La saison d’exemple montre quoi écrire : { $example }
rehearsal-season-nobody = { $file } : il n’y a aucun membre. Donne un nombre à un tempérament, par exemple chatty = 3.
rehearsal-season-crowd = { $file } : les tempéraments font { $count } membres. Une répétition en prend { $most } au plus.
rehearsal-season-name-empty = { $file } : il y a un nom vide parmi members ou facilitators.
rehearsal-season-name-twice = { $file } : deux personnes s’appellent { $name }. Ajoute une initiale à l’une des deux.
rehearsal-season-names-count = { $file } : members nomme { $names } personnes, et les tempéraments en font { $count }. Accorde les deux.
rehearsal-season-when = { $file } : je ne lis pas de jour et d’heure à venir dans « { $when } ». Écris par exemple : jeudi 4 février à 12 h.
rehearsal-season-length = { $file } : je ne lis pas de durée dans « { $length } ». Écris par exemple : 1 h 30.
rehearsal-season-repeat = { $file } : je ne lis pas de série dans « { $repeat } ». Écris par exemple : toutes les deux semaines, 4 fois.
rehearsal-season-then = { $file } : « { $theme } » revient { $times } fois, et then en décrit { $more } après la première. C’est une de trop, ou plus.
rehearsal-lang = --lang est fr ou en, pas { $lang }.
rehearsal-out = Je ne peux pas écrire dans { $folder } : { $why }. Donne un autre dossier avec --out.
