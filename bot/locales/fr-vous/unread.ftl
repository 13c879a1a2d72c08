unread-room = Je n’ai pas pu lire ce que vous avez écrit dans « { $room } » : la clé qui l’ouvre ne m’est pas parvenue.
unread-private = Je n’ai pas pu lire ce que vous venez d’écrire : la clé qui l’ouvre ne m’est pas parvenue.
unread-then = Je l’ai demandée à votre application. Si elle arrive, je lirai votre message, et rien n’est perdu. Sinon, écrivez-le-moi de nouveau. Si cela se répète, quittez votre application et rouvrez-la, ou parlez-en à l’animation.
