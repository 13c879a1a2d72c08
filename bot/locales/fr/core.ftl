# Ce que Veillée dit quand quelque chose ne va pas, et pendant un formulaire.
# Une erreur dit ce qui s’est passé, que rien n’est perdu, et quoi faire ensuite.

problem-unknown-command = Je ne connais pas cette commande. Voulais-tu dire { $nearest } ? Pour tout voir : { $help }
problem-unknown-words = Je n’ai pas compris. Pour voir ce que je sais faire : { $help }
problem-enough = Je n’arrive pas à te suivre en ce moment, alors je me tais { $minutes } minutes. Les commandes que je connais marchent toujours. Pour les voir : { $help }
problem-facilitators-only = Cette commande est réservée aux personnes qui animent. Rien n’a changé. Si tu animes ici, demande qu’on t’en donne le droit dans le salon.
problem-ours = Quelque chose a mal tourné de mon côté. Ce n’est pas ta faute. Essaie encore dans un moment. Si ça continue, donne ce numéro à la personne qui s’occupe de Veillée : { $number }
problem-no-words = Il me faut des mots. Quelques-uns suffisent.
problem-line-too-long = C’est un peu long : { $length } caractères, et je peux en garder { $most }. Raccourcis, puis envoie-le encore.
problem-story-too-long = Ton récit fait { $length } caractères, et je peux en garder { $most }. Il est toujours dans ton message, rien n’est perdu. Garde l’essentiel, ou envoie une note vocale.
problem-voice-here = Ici, il me faut des mots écrits. Quelques-uns suffisent. Ta note vocale n’a pas été gardée.
attachment-none = Ici, les récits se gardent en mots seulement. Je n’ai pas pris ce que tu as joint, et rien d’autre n’a changé. Quelques phrases suffisent.
attachment-kind = Je peux prendre un enregistrement, une image ou un PDF, et ceci est autre chose. Je n’en ai rien gardé, et ton fichier est intact. Tu peux l’envoyer sous une autre forme, ou écrire quelques mots.
attachment-empty = Le fichier que tu as envoyé est vide : il n’y a rien à entendre ni à voir. Rien n’a été gardé. Tu peux l’envoyer encore, ou écrire quelques mots.
attachment-too-heavy = Ton fichier est plus lourd que ce que je peux prendre : { $most } Mo au plus. Rien n’a été gardé, et ton fichier est intact. Un enregistrement plus court convient, ou quelques mots.
attachment-one = Je peux prendre un fichier avec un récit, et plusieurs sont arrivés. Aucun n’a été gardé. Tu peux m’envoyer celui que tu préfères.
attachment-out-of-reach = Je n’ai pas pu aller chercher ce que tu as envoyé. Ça a peut-être été retiré, ou la plateforme n’a pas répondu. Rien n’a été gardé. Tu peux l’envoyer encore, ou écrire quelques mots.
problem-settled = C’est déjà réglé de ce côté. Rien n’a changé.
problem-number = « { $typed } » n’est pas un nombre que je peux lire. Écris-le en chiffres, par exemple 2.
problem-date = Je ne lis pas de date dans « { $typed } ». Écris par exemple : jeudi 14 janvier à 12 h.
problem-date-past = C’est déjà passé : { $when }. Écris une date à venir.
problem-date-far = « { $typed } » est dans plus de dix ans. Vérifie l’année.
problem-date-ambiguous = On peut lire cette date de plusieurs façons : { $readings }. Recopie celle qui convient, telle qu’elle est écrite ici.
problem-date-skipped = Ce jour-là, on avance l’heure, et « { $typed } » n’existe pas. Choisis une heure plus tard.
problem-time-missing = Il manque l’heure dans « { $typed } ». Écris par exemple : jeudi 14 janvier à 12 h.
problem-duration = Je ne lis pas de durée dans « { $typed } ». Écris par exemple : 1 h 30, ou 90 min.
problem-no-such-session = Je ne trouve pas de rencontre pour « { $typed } ». Pour voir la liste : { $list }
problem-several-sessions = Plusieurs rencontres correspondent à « { $typed } » : { $sessions }. Donne son numéro.
problem-unknown-people = Je ne reconnais pas : { $names }. Écris les noms comme ils paraissent ici, séparés par des virgules. Rien n’a été noté.
problem-scope = Je ne sais pas ce qu’est « { $typed } ». Choisis parmi : { $known }, ou tout.
problem-language = Je parle français et anglais. Écris : français, ou anglais.
problem-option = Je ne connais pas « { $typed } » ici. Choisis parmi : { $known }.
problem-series = Je ne lis pas de série dans « { $typed } ». Écris par exemple : toutes les 2 semaines, 4 fois.
problem-series-long = Une série compte au plus { $times } rencontres, à { $weeks } semaines d’écart au plus. Écris par exemple : toutes les 2 semaines, 4 fois.

private-closed = Ma réponse est pour toi, et je n’arrive pas à t’écrire en privé. Écris-moi un mot en privé, n’importe lequel, puis demande-le encore.
problem-gone = Je ne te compte pas parmi les membres de « { $community } », alors je ne peux pas t’aider ici. Si tu es dans le salon, écris-le là-bas. Pour voir ce que je garde de toi : { $kept }. Pour l’effacer : { $forget }

form-in-private = Je t’écris en privé pour la suite.
form-gap = { " " }
form-hint = (Pour arrêter : annuler.)
form-hint-optional = (Facultatif : écris « passer ». Pour arrêter : « annuler ».)
form-cancelled = C’est annulé. Rien n’a été gardé.
form-forgotten = J’ai changé depuis ta dernière réponse, et j’ai perdu le fil. Recommence quand tu veux, rien n’a été gardé.
form-aloud = Ou un enregistrement, une image, un PDF
form-file-not-kept = Ce que tu as joint n’a pas été gardé. Tu l’as encore, là où tu l’avais pris.
form-open-again = Le formulaire est prêt. Un clic, et il s’ouvre.
form-choice-open = Ouvrir
form-choice-correct = Corriger
form-given-back = Voici ce que tu avais écrit :
done = C’est fait.
problem-stranger = Je ne te connais pas encore. Écris d’abord quelque chose là où ta communauté se réunit, puis demande-le encore.
