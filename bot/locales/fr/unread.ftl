# À qui a écrit quelque chose de chiffré que je n’ai pas pu lire, faute de clé. Une seule fois par salon.

unread-room = Je n’ai pas pu lire ce que tu as écrit dans « { $room } » : la clé qui l’ouvre ne m’est pas parvenue.
unread-private = Je n’ai pas pu lire ce que tu viens d’écrire : la clé qui l’ouvre ne m’est pas parvenue.
unread-then = Je l’ai demandée à ton application. Si elle arrive, je lirai ton message, et rien n’est perdu. Sinon, écris-le-moi de nouveau. Si cela se répète, quitte ton application et rouvre-la, ou parles-en à l’animation.
