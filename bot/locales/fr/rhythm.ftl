rhythm-all = tout ce qui part tout seul
rhythm-plan-title = Ce qui partira tout seul d’ici 30 jours
rhythm-plan-empty = Rien ne partira tout seul d’ici 30 jours.
rhythm-plan-how = Pour lire un message en entier : { $show }. Pour le passer : { $skip }. Pour le déplacer : { $move }
rhythm-move-example = 12 | mardi 9 h
rhythm-entry = n° { $number } · { $when } · { $what }
rhythm-entry-people = En privé, à { $count ->
    [one] une personne
   *[other] { $count } personnes
} :
rhythm-entry-paused = En pause : rien ne partira.
rhythm-entry-untold = Son texte dépendra de ce que les membres confieront d’ici là. Je ne le montre pas avant l’heure.
rhythm-entry-nobody = Pour l’instant, personne à qui l’envoyer.
rhythm-when = { $day } à { $time }
rhythm-no-such-entry = Je ne trouve pas de message n° { $number } à venir. Pour voir la liste : { $plan }
rhythm-skipped = C’est passé : { $entry }. Pour le remettre : { $back }
rhythm-restored = C’est remis : { $entry }.
rhythm-moved = C’est déplacé : { $entry }.
rhythm-paused = C’est en pause : { $what }. Rien ne partira jusqu’à ce que tu écrives { $resume }
rhythm-paused-until = C’est en pause : { $what }. Ça reprendra { $until }. Pour reprendre avant : { $resume }
rhythm-resumed = C’est reparti.
rhythm-nothing-paused = Rien n’était en pause.
rhythm-still-paused = C’est noté. Tout le reste est encore en pause : écris la commande seule pour tout reprendre.

rhythm-late = C’était prévu { $when }. Ça arrive un peu tard.

due-icebreakers-weekly = brise-glace

help-rhythm-plan = voir ce qui partira tout seul d’ici 30 jours
help-rhythm-show = lire un de ces messages en entier
help-rhythm-skip = passer un de ces messages
help-rhythm-restore = remettre un message passé
help-rhythm-move = déplacer un de ces messages
help-rhythm-pause = mettre en pause ce qui part tout seul
help-rhythm-resume = reprendre après une pause

ask-rhythm-number = Quel numéro ?
ask-rhythm-when = Quel jour et à quelle heure ?
ask-rhythm-scope = Mettre quoi en pause ? Écris « tout », ou le nom d’un rythme.
ask-rhythm-until = Jusqu’à quel jour ?

label-rhythm-number = Numéro
label-rhythm-when = Quand
label-rhythm-scope = Quoi
label-rhythm-until = Jusqu’à
about-rhythm-number = Le numéro du message, tel qu’il est dans le plan
about-rhythm-scope = Tout, ou un seul rythme
