sessions-draft = Voici ce que j’annoncerai. Rien n’est publié avant que vous confirmiez.
sessions-draft-past = L’heure prévue est passée : { $when }. Rien n’a été publié. Choisissez une autre date, et je relis avec vous.
sessions-change-what = Que voulez-vous changer ?
sessions-answered-yes = C’est noté : vous venez à « { $theme } », { $when }.
sessions-answered-no = C’est noté : vous ne venez pas à « { $theme } ». Merci de l’avoir dit.
sessions-entry-yes = { " " }(vous venez)
sessions-entry-no = { " " }(vous ne venez pas)
sessions-list-how = Pour dire que vous venez : { $answer }
sessions-calendar = { $count ->
    [one] Voici la rencontre à venir, pour votre agenda.
   *[other] Voici les { $count } rencontres à venir, pour votre agenda.
}
sessions-check-who = Rien ne change avant que vous confirmiez. Les personnes qui ont répondu seront prévenues en privé.
sessions-told-moved-yes = Vous aviez dit que vous veniez. Je garde votre réponse, sauf si vous la changez ici.
sessions-told-moved-maybe = Vous aviez dit peut-être. Je garde votre réponse, sauf si vous la changez ici.
sessions-told-moved-no = Vous ne pouviez pas venir. Si cette date vous convient mieux, vous pouvez le dire ici.
sessions-told-cancelled = La rencontre « { $theme } » est annulée. Elle était prévue { $when }. Vous n’avez rien à faire.
sessions-changed-since = « { $theme } » a changé depuis cette question. Rien de plus n’a été fait. Refaites votre demande si elle tient toujours.
sessions-problem-cancelled = La rencontre « { $theme } » est annulée. Rien n’a changé. Vous pouvez en planifier une nouvelle.
sessions-problem-over = La rencontre « { $theme } » est passée et ne se change plus. Rien n’a changé. Vous pouvez encore noter les présences.
sessions-problem-not-begun = La rencontre « { $theme } » n’a pas commencé : { $when }. Rien n’a été noté. Envoyez la liste à partir de cette heure-là.
sessions-reminder-yes = Vous avez dit que vous veniez. Si quelque chose vous en empêche, dites-le ici, sans avoir à l’expliquer.
sessions-reminder-maybe = Vous avez dit peut-être. Il reste de la place, et rien ne vous oblige.
sessions-attendance-ask = Qui était à « { $theme } » ? Quand vous aurez une minute, écrivez par exemple : { $example }
sessions-attendance-short = Qui était à « { $theme } » ? Quand vous aurez une minute.
sessions-attendance-correct = S’il manque quelqu’un, ou s’il y a quelqu’un de trop, envoyez la liste entière. Par exemple : { $example }
sessions-attendance-again = Pour corriger, renvoyez la liste entière.
ask-sessions-what = Que voulez-vous changer : le thème, le lieu ou la durée ?
ask-sessions-people = Qui était là ? Écrivez les noms, séparés par des virgules.
