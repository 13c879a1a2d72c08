rooms-barred-then = Dans les réglages du salon, donnez-moi le droit d’y envoyer des messages. De temps en temps, je regarde si c’est fait.
rooms-replaced-then = Invitez-moi dans le nouveau salon : tout y reprendra où nous en étions.
rooms-unsaid-then = S’il manque à quelqu’un, redites-le dans vos mots. Si ça se répète, parlez-en à la personne qui s’occupe de Veillée.
