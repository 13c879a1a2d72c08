polls-voted-already = « { $option } » est déjà votre choix. Rien n’a changé.
polls-withdrawn = Votre vote est retiré. Vous pouvez en donner un autre jusqu’à la fin du sondage.
polls-not-voted = Il n’y a pas de vote de vous ici. Rien n’a changé.
polls-which = Plusieurs sondages peuvent être celui-là : { $polls }. Ajoutez son numéro à la commande. Rien n’a changé.

problem-options-few = Il faut au moins deux choix, et je n’en vois qu’un : « { $option } ». Écrivez-en de 2 à { $most }, un par ligne ou séparés par des virgules.
problem-options-many = Il y a { $count } choix, et un sondage en montre { $most } au plus. Gardez-en { $most }, puis envoyez-les encore.
problem-options-long = Un des choix est trop long, avec { $length } caractères pour { $most } au plus : « { $option } ». Raccourcissez-le, puis envoyez le tout encore.
problem-options-twice = Le choix « { $option } » est là deux fois. Changez l’un des deux, puis envoyez le tout encore.
problem-span = Je ne lis pas de durée dans « { $typed } ». Écrivez par exemple : 3 jours, ou 2 semaines. Si c’était un choix du sondage, écrivez les choix un par ligne.
problem-span-bounds = « { $typed } », c’est trop court ou trop long : de 1 heure à 30 jours. Écrivez par exemple : 3 jours.

ask-polls-question = Quelle question voulez-vous poser à tout le groupe ?
