rhythm-all = tout ce qui part tout seul
rhythm-plan-title = Ce qui partira tout seul d’ici 30 jours
rhythm-plan-empty = Rien ne partira tout seul d’ici 30 jours.
rhythm-plan-how = Pour lire un message en entier : { $show }. Pour le passer : { $skip }. Pour le déplacer : { $move }. Ce qui est déjà parti : { $journal }
rhythm-move-example = 12 | mardi 9 h
rhythm-entry = n° { $number } · { $when } · { $what }
rhythm-entry-people = En privé, à { $count ->
    [one] une personne
   *[other] { $count } personnes
} :
rhythm-entry-paused = En pause : rien ne partira.
rhythm-entry-untold = Son texte dépendra de ce que les membres confieront d’ici là. Je ne le montre pas avant l’heure.
rhythm-entry-nobody = Pour l’instant, personne à qui l’envoyer.
rhythm-when = { $day } à { $time }
rhythm-no-such-entry = Je ne trouve pas de message n° { $number } à venir. Pour voir la liste : { $plan }
rhythm-not-skipped = Ce message n’a pas été passé, alors il n’y a rien à remettre : { $entry }.
rhythm-skipped = C’est passé : { $entry }. Pour le remettre : { $back }
rhythm-restored = C’est remis : { $entry }.
rhythm-moved = C’est déplacé : { $entry }.
rhythm-nothing-then = À ce moment-là, il n’y aurait rien à envoyer : { $entry }. Rien n’a changé. Choisis une autre heure.
rhythm-promised = { $entry }. Les membres connaissent cette heure et comptent dessus, alors ce message ne peut être ni déplacé ni passé. Rien n’a changé.
rhythm-promised-stories = { $entry }. Les membres connaissent cette heure et comptent dessus, alors ce message ne peut être ni déplacé ni passé. Rien n’a changé. Les récits viennent avec leur rencontre ; pour déplacer les deux : { $move }
rhythm-paused = C’est en pause : { $what }. Ça reprendra quand tu écriras { $resume }
rhythm-paused-until = C’est en pause : { $what }. Ça reprendra { $until }. Pour reprendre avant : { $resume }
rhythm-resumed = C’est reparti.
rhythm-pause-past = Ce jour-là a déjà commencé. Rien n’a changé. Écris le jour où tout doit repartir : demain, par exemple.
rhythm-nothing-paused = Rien n’était en pause.
rhythm-still-paused = C’est noté. Tout le reste est encore en pause : écris la commande seule pour tout reprendre.

rhythm-late = C’était prévu { $when }. Ça arrive un peu tard.

rhythm-entry-holiday = Jour de congé : rien ne partira.
rhythm-entry-holiday-named = Jour de congé ({ $name }) : rien ne partira.
rhythm-entry-merged = Réuni avec le n° { $into }, qui part à la même heure.
rhythm-entry-overtaken = Trop tard à ce moment-là pour être utile : rien ne partira.
rhythm-entry-later = Il attendra { $when }.
rhythm-entry-paused-later = En pause : il attendra { $when }.
rhythm-entry-paused-open = En pause : il attendra la fin de la pause.
rhythm-show-as = Voici ce que les membres verront. Les boutons d’ici ne font rien.
rhythm-show-more = { $count ->
    [one] Un autre message du même genre partira aussi.
   *[other] { $count } autres messages du même genre partiront aussi.
}
rhythm-inert = C’est un aperçu. Ce bouton marchera quand le message partira.
rhythm-moved-to-holiday = Ce jour-là est un jour de congé. Il partira quand même, puisque tu as choisi l’heure.
rhythm-is-paused = C’est en pause : { $what }.
rhythm-is-paused-until = C’est en pause : { $what }. Ça reprendra { $until }.
rhythm-holiday-day = { $day }
rhythm-holiday-period = { $first } – { $last }
rhythm-holiday-named = { $period } : { $name }
rhythm-holiday-example = 20 juillet | 15 août
rhythm-holiday-set = C’est noté, congé : { $period }. { $days ->
    [one] Ce jour-là
   *[other] Ces jours-là
}, seuls partent les messages liés à l’heure d’une rencontre et ceux que des membres attendent.
rhythm-holiday-taken = C’est noté, pas de congé : { $period }. Tout part comme d’habitude.
rhythm-holiday-still = { $days ->
    [one] Ce jour-là est un jour de congé
   *[other] Ces jours-là sont des jours de congé
} : { $period }.
rhythm-holiday-none = { $days ->
    [one] Ce jour-là n’est pas un jour de congé
   *[other] Aucun de ces jours n’est un jour de congé
} : { $period }.
rhythm-holiday-backwards = Le congé finirait ({ $last }) avant de commencer ({ $first }). Rien n’a changé. Écris d’abord le premier jour, puis le dernier.
rhythm-holiday-long = Du { $first } au { $last }, c’est plus d’un an. Rien n’a changé. Pour tout arrêter longtemps, il y a la pause.
rhythm-holidays = Jours de congé d’ici un an :
rhythm-holidays-none = Aucun jour de congé d’ici un an.
rhythm-holidays-how = Pour en ajouter : { $add }. Pour en retirer : { $remove }
rhythm-how-to-undo = Pour revenir en arrière : { $undo }
rhythm-journal-title = Ce qui est parti tout seul, et ce qui n’est pas parti
rhythm-journal-empty = Rien n’est encore parti tout seul.
rhythm-journal-no-more = Il n’y a rien d’autre dans le journal.
rhythm-journal-next = Pour la suite : { $next }
rhythm-journal-room = Envoyé dans { $rooms }.
rhythm-journal-asked-few = Envoyé en privé à l’heure prévue, plus tard, ou pas du tout, selon ce que chaque personne a déjà reçu et souhaite. Pour si peu de monde, je ne compte pas : ce serait parler de quelqu’un.
rhythm-journal-asked-all = Envoyé en privé à { $people } personnes.
rhythm-journal-asked-some = Envoyé en privé à la plupart des { $people } personnes concernées. Les autres le liront plus tard, ou pas du tout : leur semaine était pleine, elles en veulent moins, ou une pause le retient.
rhythm-journal-asked-most = Sur { $people } personnes concernées, la plupart le liront plus tard, ou pas du tout : leur semaine était pleine, elles en veulent moins, ou une pause le retient.
rhythm-journal-asked-counted = Envoyé en privé à { $reached } personnes. { $held } autres le liront plus tard, ou pas du tout : leur semaine était pleine, elles en veulent moins, ou une pause le retient.
rhythm-journal-people = Envoyé en privé à { $count } personnes.
rhythm-journal-people-few = Envoyé en privé à moins de { $most } personnes.
rhythm-journal-waiting = { $count } messages attendent que la plateforme réponde.
rhythm-journal-waiting-few = Moins de { $most } messages attendent que la plateforme réponde.
rhythm-journal-refused = { $count } messages refusés par la plateforme.
rhythm-journal-refused-few = Moins de { $most } messages refusés par la plateforme.
rhythm-journal-closed = { $count } personnes ne l’ont pas reçu : je ne peux pas leur écrire en privé.
rhythm-journal-closed-few = Moins de { $most } personnes ne l’ont pas reçu : je ne peux pas leur écrire en privé.
rhythm-journal-too-late = { $count } personnes ne l’ont pas reçu : il était trop tard pour que ce soit utile.
rhythm-journal-too-late-few = Moins de { $most } personnes ne l’ont pas reçu : il était trop tard pour que ce soit utile.
rhythm-journal-late = Parti { $gap } plus tard que prévu.
rhythm-journal-nobody = Il n’y avait rien à envoyer, ou personne à qui l’envoyer.
rhythm-journal-said = C’est fait.
rhythm-journal-paused = Pas parti : c’était en pause.
rhythm-journal-holiday = Pas parti : c’était un jour de congé.
rhythm-journal-skipped = Pas parti : passé par une personne qui anime.
rhythm-journal-merged = Pas parti : réuni avec le n° { $into }.
rhythm-journal-overtaken = Pas parti : il était trop tard pour que ce soit utile.
rhythm-journal-failed = Pas parti : une erreur de ma part. La personne qui s’occupe de Veillée peut voir laquelle.
rhythm-undone = C’est annulé. { $what }

undo-nothing = Il n’y a rien à annuler : je ne garde que la dernière chose que tu as faite, pendant un jour.
undo-changed = Quelque chose a changé depuis : l’annuler déferait ce que quelqu’un d’autre a fait. Rien n’a changé. Pour voir où on en est : { $plan }
undo-too-late = Il est trop tard pour l’annuler. Rien n’a changé. Pour voir où on en est : { $plan }
undo-not = La dernière chose que tu as faite ne s’annule pas toute seule. Rien n’a changé. Pour voir ce que tu peux faire : { $help }

due-icebreakers-weekly = brise-glace

undo-not-asked = Ta dernière commande n’a encore rien changé : elle attend que tu confirmes. Si tu n’en veux plus, laisse-la sans réponse.
undo-answered = Des membres ont peut-être déjà répondu, ou quelque chose a changé depuis. Rien n’a changé. Pour annuler la rencontre et prévenir tout le monde : { $cancel }
undo-not-in-the-calendar = L’événement du calendrier est annulé pour de bon. Rien n’a changé. Tu peux planifier la rencontre de nouveau : { $plan }
undo-not-sessions-plan = La rencontre n’est pas encore annoncée. Sous son brouillon, le bouton « Laisser tomber » suffit.
undo-not-sessions-announce = Les membres ont lu l’annonce. Rien n’a changé. Tu peux modifier, déplacer ou annuler la rencontre.
undo-not-sessions-attendance = Pour corriger les présences, renvoie la liste entière : elle remplace la précédente.
undo-not-polls-close = Les résultats sont connus. Rien n’a changé. Tu peux poser la question de nouveau.
undo-not-pulse-ask = La question est déjà arrivée chez les membres, en privé. Rien n’a changé. Elle se ferme toute seule.

help-rhythm-plan = voir ce qui partira tout seul d’ici 30 jours
help-rhythm-show = lire un de ces messages en entier
help-rhythm-skip = passer un de ces messages
help-rhythm-restore = remettre un message passé
help-rhythm-move = déplacer un de ces messages
help-rhythm-pause = mettre en pause ce qui part tout seul
help-rhythm-resume = reprendre après une pause
help-rhythm-holiday = noter des jours de congé
help-rhythm-unholiday = retirer des jours de congé
help-rhythm-holidays = voir les jours de congé
help-rhythm-journal = voir ce qui est parti tout seul, et pourquoi le reste n’est pas parti
help-rhythm-undo = annuler la dernière chose que tu as faite comme personne qui anime

ask-rhythm-number = Quel numéro ?
ask-rhythm-when = Quel jour et à quelle heure ?
ask-rhythm-scope = Mettre quoi en pause ? Écris « tout », ou le nom d’un rythme.
ask-rhythm-until = Jusqu’à quel jour ?
ask-rhythm-first = Quel est le premier jour ?
ask-rhythm-last = Et le dernier jour ?
ask-rhythm-page = Quelle page ?

label-rhythm-number = Numéro
label-rhythm-when = Quand
label-rhythm-scope = Quoi
label-rhythm-until = Jusqu’à
label-rhythm-first = Premier jour
label-rhythm-last = Dernier jour
label-rhythm-page = Page
about-rhythm-number = Le numéro du message, tel qu’il est dans le plan
about-rhythm-scope = Tout, ou un seul rythme
