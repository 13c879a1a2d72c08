# Les rencontres : planifier, annoncer, répondre, changer, noter qui est venu.

rhythm-sessions = rencontres
due-sessions-announcement = annonce d’une rencontre
due-sessions-reminder = rappel d’une rencontre
due-sessions-antechamber = antichambre d’une rencontre
due-sessions-roll = salon vocal regardé au début d’une rencontre
due-sessions-over = rencontre suivante épinglée quand une autre est finie
due-sessions-attendance = présences à noter

sessions-hours = { $when }, jusqu’à { $ends }
sessions-day-time = { $day } à { $time }
sessions-place = Lieu : { $place }
sessions-place-to-come = Lieu à préciser

sessions-choice-yes = Je viens
sessions-choice-maybe = Peut-être
sessions-choice-no = Je ne peux pas
sessions-choice-mine = Ma réponse
sessions-choice-attendance = Noter les présences
sessions-choice-confirm = Annoncer
sessions-choice-change = Changer
sessions-choice-drop = Laisser tomber
sessions-choice-move = Déplacer la rencontre
sessions-choice-cancel = Annuler la rencontre
sessions-choice-leave = Ne rien changer

sessions-announced-title = Rencontre : { $theme }
sessions-announced-hours = Quand : { $hours }
sessions-announced-number = Durée : { $length }. C’est la rencontre n° { $number }.
sessions-announced-question = Qui vient ? On peut changer d’avis à tout moment.
sessions-announced-counts = Viennent : { $yes } · Peut-être : { $maybe }
sessions-voice-counts = Si la rencontre a lieu dans un salon vocal, y être pendant la rencontre compte comme une présence. Qui ne veut pas être noté ainsi peut écrire : { $off }
sessions-voice-counts-short = Être dans le salon vocal pendant la rencontre compte comme une présence.
sessions-gathering = Rencontre n° { $number } de « { $community } ». Montrer son intérêt ici compte comme un « peut-être ». L’annonce dans le salon permet de dire « je viens ».
sessions-following = Les rencontres suivantes de la série :
sessions-following-date = n° { $number }, { $when }
sessions-cancelled-title = Annulée : { $theme }
sessions-cancelled-was = Cette rencontre était prévue { $when }.
sessions-file = rencontre-{ $number }.ics

sessions-noticed-changed = « { $theme } » a été changée à la main dans le calendrier du groupe. L’annonce est à jour, et les personnes qui ont répondu sont prévenues.
sessions-noticed-cancelled = « { $theme } » a été annulée à la main dans le calendrier du groupe. L’annonce le dit, et les personnes qui comptaient venir sont prévenues.

sessions-draft = Voici ce que j’annoncerai. Rien n’est publié avant que tu confirmes.
sessions-draft-theme = Thème : { $theme }
sessions-draft-when = Quand : { $hours }
sessions-draft-length = Durée : { $length }
sessions-draft-no-place = Lieu : à préciser plus tard
sessions-draft-cost = Ce que j’écrirai en privé pour cette rencontre :
sessions-draft-series = { $weeks ->
    [one] Série de { $count } rencontres, chaque semaine :
   *[other] Série de { $count } rencontres, toutes les { $weeks } semaines :
}
sessions-draft-gone = Ce brouillon a été laissé de côté. Rien n’a été publié. Pour planifier une rencontre : { $plan }
sessions-draft-changed = Ce texte a changé depuis. Rien n’a été publié. La version à jour est plus bas.
sessions-draft-past = L’heure prévue est passée : { $when }. Rien n’a été publié. Choisis une autre date, et je relis avec toi.
sessions-confirmed-already = C’est déjà annoncé : c’est la rencontre n° { $number }. Pour l’annuler : { $cancel }
sessions-confirmed = C’est annoncé dans le salon. C’est la rencontre n° { $number }.
sessions-confirmed-series = La première est annoncée dans le salon, avec toutes les dates. Ce sont les rencontres n° { $first } à { $last }. J’annoncerai chacune des suivantes quand son tour viendra.
sessions-announced-now = C’est annoncé dans le salon : « { $theme } ».
sessions-announced-already = « { $theme } » est déjà annoncée. Rien n’a changé. Son annonce est plus haut dans le salon.
sessions-dropped = C’est laissé de côté. Rien n’a été publié.
sessions-change-what = Que veux-tu changer ?
sessions-part-theme = Le thème
sessions-part-when = La date et l’heure
sessions-part-length = La durée
sessions-part-place = Le lieu
sessions-part-series = La série

sessions-answered-yes = C’est noté : tu viens à « { $theme } », { $when }.
sessions-answered-maybe = C’est noté : peut-être pour « { $theme } », { $when }.
sessions-answered-no = C’est noté : tu ne viens pas à « { $theme } ». Merci de l’avoir dit.
sessions-answered-none = C’est retiré : pour « { $theme } », c’est comme si rien n’avait été dit.
sessions-answer-cancelled = La rencontre « { $theme } » est annulée. Merci d’avoir répondu.
sessions-answer-over = La rencontre « { $theme } » est passée. Merci d’avoir répondu.
sessions-none-upcoming = Aucune rencontre n’est prévue pour l’instant. La prochaine sera annoncée dans le salon.

sessions-list = Les rencontres à venir :
sessions-entry = n° { $number }, { $when } : { $theme }
sessions-entry-yes = { " " }(tu viens)
sessions-entry-maybe = { " " }(peut-être)
sessions-entry-no = { " " }(tu ne viens pas)
sessions-list-more = { $count ->
    [one] Et une autre plus tard.
   *[other] Et { $count } autres plus tard.
}
sessions-list-how = Pour dire que tu viens : { $answer }
sessions-calendar = { $count ->
    [one] Voici la rencontre à venir, pour ton agenda.
   *[other] Voici les { $count } rencontres à venir, pour ton agenda.
}
sessions-calendar-file = rencontres.ics

sessions-edited = C’est changé pour « { $theme } ». Les personnes qui viennent, ou peut-être, sont prévenues en privé.
sessions-told-theme = La rencontre « { $before } » a un nouveau thème : { $theme }
sessions-told-place = La rencontre « { $theme } » change de lieu : { $place }
sessions-told-length = La rencontre « { $theme } » change de durée : { $length }
sessions-move-check = Déplacer « { $theme } » ? Nouvelle date : { $after }. Date actuelle : { $before }.
sessions-cancel-check = Annuler « { $theme } », { $when } ?
sessions-check-who = Rien ne change avant que tu confirmes. Les personnes qui ont répondu seront prévenues en privé.
sessions-told-moved = La rencontre « { $theme } » est déplacée : { $after }. Elle était prévue { $before }.
sessions-told-moved-yes = Tu avais dit que tu venais. Je garde ta réponse, sauf si tu la changes ici.
sessions-told-moved-maybe = Tu avais dit peut-être. Je garde ta réponse, sauf si tu la changes ici.
sessions-told-moved-no = Tu ne pouvais pas venir. Si cette date te convient mieux, tu peux le dire ici.
sessions-moved = C’est fait : « { $theme } » est déplacée. Nouvelle date : { $after }. Les personnes qui avaient répondu sont prévenues.
sessions-told-cancelled = La rencontre « { $theme } » est annulée. Elle était prévue { $when }. Tu n’as rien à faire.
sessions-cancelled = C’est fait : « { $theme } » est annulée. Les personnes qui comptaient venir sont prévenues.
sessions-left-as-is = Je ne change rien.
sessions-changed-since = « { $theme } » a changé depuis cette question. Rien de plus n’a été fait. Refais ta demande si elle tient toujours.

sessions-problem-cancelled = La rencontre « { $theme } » est annulée. Rien n’a changé. Tu peux en planifier une nouvelle.
sessions-problem-over = La rencontre « { $theme } » est passée et ne se change plus. Rien n’a changé. Tu peux encore noter les présences.
sessions-problem-begun = La rencontre « { $theme } » a commencé. Elle ne peut plus être déplacée ni annulée, rien n’a changé. Son lieu et sa durée se changent encore.
sessions-problem-same = C’est déjà ainsi pour « { $theme } ». Rien n’a changé.
sessions-problem-not-begun = La rencontre « { $theme } » n’a pas commencé : { $when }. Rien n’a été noté. Envoie la liste à partir de cette heure-là.

sessions-reminder = Rappel : « { $theme } », { $when }.
sessions-reminder-yes = Tu as dit que tu venais. Si quelque chose t’en empêche, dis-le ici, sans avoir à l’expliquer.
sessions-reminder-maybe = Tu as dit peut-être. Il reste de la place, et rien ne t’oblige.
sessions-antechamber-title = L’antichambre est ouverte
sessions-antechamber = On commence à { $time }. En attendant, une question légère. On peut aussi seulement lire.
sessions-attendance-ask = Qui était à « { $theme } » ? Quand tu auras une minute, écris par exemple : { $example }
sessions-attendance-short = Qui était à « { $theme } » ? Quand tu auras une minute.
sessions-attendance-heard = J’ai noté qui était dans le salon vocal pour « { $theme } » : { $names }.
sessions-attendance-correct = S’il manque quelqu’un, ou s’il y a quelqu’un de trop, envoie la liste entière. Par exemple : { $example }
sessions-attendance-noted = C’est noté pour « { $theme } » : { $names }.
sessions-attendance-again = Pour corriger, renvoie la liste entière.

sessions-day-off = { $day }
sessions-on-days-off = { $count ->
    [one] C’est un jour de congé : { $days }. La rencontre peut avoir lieu quand même.
   *[other] Ce sont des jours de congé : { $days }. Les rencontres peuvent avoir lieu quand même.
}
sessions-unplanned = { $count ->
    [one] La rencontre « { $theme } » n’est plus prévue, et son annonce le dit.
   *[other] Les { $count } rencontres « { $theme } » ne sont plus prévues, et l’annonce le dit.
}
sessions-as-before = La rencontre « { $theme } » est comme avant : { $when }. Les personnes qui avaient répondu sont prévenues.
sessions-restored = La rencontre « { $theme } » a lieu : { $when }. Les personnes qui comptaient venir sont prévenues.
sessions-told-restored = Finalement, la rencontre « { $theme } » a bien lieu { $when }. Elle avait été annulée par erreur.
help-sessions-plan = planifier une rencontre, ou une série
help-sessions-announce = annoncer dès maintenant une rencontre d’une série
help-sessions-edit = changer le thème, le lieu ou la durée d’une rencontre
help-sessions-move = déplacer une rencontre
help-sessions-cancel = annuler une rencontre
help-sessions-attendance = noter qui était là
help-sessions-list = voir les rencontres à venir
help-sessions-calendar = recevoir les rencontres pour son agenda
help-sessions-yes = dire qu’on vient à une rencontre
help-sessions-maybe = dire qu’on viendra peut-être
help-sessions-no = dire qu’on ne vient pas

ask-sessions-theme = Quel est le thème de la rencontre ?
ask-sessions-when = Quel jour, et à quelle heure ? Par exemple : jeudi 14 janvier à 12 h.
ask-sessions-length = Combien de temps dure-t-elle ? Par exemple : 1 h 30.
ask-sessions-place = Où ? Un lien, une adresse ou un salon vocal.
ask-sessions-series = Est-ce qu’elle revient ? Par exemple : toutes les 2 semaines, 4 fois.
ask-sessions-session = Quelle rencontre ? Son numéro suffit.
ask-sessions-what = Que veux-tu changer : le thème, le lieu ou la durée ?
ask-sessions-value = Qu’est-ce que je mets à la place ?
ask-sessions-people = Qui était là ? Écris les noms, séparés par des virgules.

label-sessions-theme = Thème
label-sessions-when = Quand
label-sessions-length = Durée
label-sessions-place = Lieu
label-sessions-series = Série
label-sessions-session = Rencontre
label-sessions-what = Quoi
label-sessions-value = À la place
label-sessions-people = Noms
about-sessions-session = La rencontre, par son numéro ou par un mot de son thème
title-sessions-draft-theme = Le thème de la rencontre
title-sessions-draft-when = Le moment de la rencontre
title-sessions-draft-length = La durée de la rencontre
title-sessions-draft-place = Le lieu de la rencontre
title-sessions-draft-series = Les autres dates
