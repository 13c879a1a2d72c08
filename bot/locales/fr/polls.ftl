# Les sondages ordinaires : une question à tout le groupe, quelques choix, un vote par personne, sans secret.

rhythm-polls = sondages
due-polls-close = résultats d’un sondage
due-polls-results = résultats d’un sondage, sans attendre les derniers votes
due-polls-recount = compte d’un sondage

polls-title = Sondage : { $question }
polls-why = Une question de l’animation. Un clic suffit, et on peut laisser passer.
polls-no-secret = Les votes ne sont pas secrets : le groupe peut savoir qui a choisi quoi. Un vote par personne ; le dernier compte.
polls-ends = Fin du sondage : { $when }. Les résultats viendront ici.
polls-ends-everywhere = Fin du sondage : { $when }. Les votes de tous les salons comptent ensemble, et les résultats viendront ici.
polls-so-far = { $count ->
    [one] Un vote jusqu’ici.
   *[other] { $count } votes jusqu’ici.
}
polls-choice-withdraw = Retirer mon vote
polls-ended = Ce sondage est terminé. Les résultats suivent.

polls-asked = C’est demandé à tout le groupe : sondage { $number }. Les résultats viendront { $when }. Pour le terminer plus tôt : { $close }
polls-closed = Le sondage { $number } est terminé. Les résultats arrivent dans le salon.

polls-voted = C’est noté : « { $option } ». Un autre clic le change, jusqu’à la fin du sondage.
polls-voted-already = « { $option } » est déjà ton choix. Rien n’a changé.
polls-withdrawn = Ton vote est retiré. Tu peux en donner un autre jusqu’à la fin du sondage.
polls-not-voted = Il n’y a pas de vote de toi ici. Rien n’a changé.
polls-over = Ce sondage est terminé, alors ce clic n’a rien changé. Merci quand même. Pour lire les résultats : { $results }

polls-results = Résultats du sondage : { $question }
polls-so-far-title = Le sondage, pour l’instant : { $question }
polls-most = { $count ->
    [one] Un choix vient en tête, avec un vote : { $option }.
   *[other] Un choix vient en tête, avec { $count } votes : { $option }.
}
polls-tie = { $count ->
    [one] Égalité, avec un vote chacun : { $options }.
   *[other] Égalité, avec { $count } votes chacun : { $options }.
}
polls-no-vote = Il n’y a pas eu de vote cette fois. La question pourra revenir autrement.
polls-no-vote-yet = Pas encore de vote.
polls-turnout = { $voters ->
    [one] Une personne a voté, sur { $members } que je connais ici.
   *[other] { $voters } personnes ont voté, sur { $members } que je connais ici.
}
polls-lacking = Un des salons n’a pas pu me donner ses derniers votes. Il peut donc en manquer quelques-uns.
polls-still-open = Fin du sondage : { $when }.
polls-awaited = Le sondage est terminé. J’attends les derniers votes d’un des salons, puis je donne les résultats à tout le monde.

polls-none = Il n’y a pas encore eu de sondage ici.
polls-none-open = Aucun sondage n’est ouvert en ce moment. Rien n’a changé.
polls-over-already = Ce sondage est déjà terminé. Rien n’a changé. Pour lire les résultats : { $results }
polls-which = Plusieurs sondages peuvent être celui-là : { $polls }. Ajoute son numéro à la commande. Rien n’a changé.
polls-not-found = Je ne trouve pas de sondage pour « { $typed } ». Voici les derniers : { $polls }. Son numéro suffit.

problem-options-few = Il faut au moins deux choix, et je n’en vois qu’un : « { $option } ». Écris-en de 2 à { $most }, un par ligne ou séparés par des virgules.
problem-options-many = Il y a { $count } choix, et un sondage en montre { $most } au plus. Gardes-en { $most }, puis envoie-les encore.
problem-options-long = Un des choix est trop long, avec { $length } caractères pour { $most } au plus : « { $option } ». Raccourcis-le, puis envoie le tout encore.
problem-options-twice = Le choix « { $option } » est là deux fois. Change l’un des deux, puis envoie le tout encore.
problem-span = Je ne lis pas de durée dans « { $typed } ». Écris par exemple : 3 jours, ou 2 semaines. Si c’était un choix du sondage, écris les choix un par ligne.
problem-span-bounds = « { $typed } », c’est trop court ou trop long : de 1 heure à 30 jours. Écris par exemple : 3 jours.

ask-polls-question = Quelle question veux-tu poser à tout le groupe ?
ask-polls-options = Quels sont les choix ? De 2 à 10, un par ligne ou séparés par des virgules.
ask-polls-duration = Combien de temps le sondage reste-t-il ouvert ? Par exemple, 5 jours. Sinon, ce sera 3 jours.
ask-polls-poll = Quel sondage ? Son numéro suffit, ou un mot de sa question.
label-polls-question = Question
label-polls-options = Choix
label-polls-duration = Durée
label-polls-poll = Sondage
polls-taken-back = Le sondage est retiré : { $question }
help-polls-open = poser une question à tout le groupe, avec des choix ; on voit qui choisit quoi
help-polls-close = terminer un sondage avant l’heure
help-polls-results = lire les résultats d’un sondage
