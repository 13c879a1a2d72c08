# Ce que l’animation apprend des salons eux-mêmes. Personne n’est nommé : ce n’est la faute de personne.

rooms-barred = Je n’ai pas le droit d’écrire dans « { $room } » en ce moment. Ce que j’avais à y dire attend, un jour au plus.
rooms-barred-then = Dans les réglages du salon, donne-moi le droit d’y envoyer des messages. De temps en temps, je regarde si c’est fait.
rooms-put-out = On m’a fait sortir de « { $room } ». Rien n’est perdu : les rencontres, les récits et les réponses sont gardés.
rooms-put-out-then = Pour me faire revenir, il suffit de m’y inviter.
rooms-back = Me revoilà dans « { $room } ». Tout reprend où nous en étions.
rooms-replaced = « { $room } » a été remplacé par un nouveau salon, et je n’ai pas pu y aller. Rien n’est perdu : les rencontres, les récits et les réponses sont gardés.
rooms-replaced-then = Invite-moi dans le nouveau salon : tout y reprendra où nous en étions.
rooms-replaced-else = Si je n’y viens pas, la personne qui s’occupe de Veillée peut l’écrire dans la configuration.
rooms-unsaid = Un message prévu { $when } dans « { $room } » n’a pas pu partir. Le serveur n’y est pas arrivé de toute une journée. Je l’ai mis de côté : la suite part comme d’habitude.
rooms-unsaid-private = Un message privé prévu { $when } n’a pas pu partir. Le serveur n’y est pas arrivé de toute une journée. Je l’ai mis de côté : la suite part comme d’habitude.
rooms-unsaid-then = S’il manque à quelqu’un, redis-le dans tes mots. Si ça se répète, parles-en à la personne qui s’occupe de Veillée.
