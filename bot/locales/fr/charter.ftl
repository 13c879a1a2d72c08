# Signer la charte, et être accueilli parmi les membres.

charter-title = La charte
charter-means = Signer la charte, c’est dire oui à ses règles tant que tu es ici. Je note que tu as signé, et quand. Tu peux reprendre ta signature quand tu veux.
charter-choice-sign = Je signe la charte
charter-choice-unsign = Reprendre ma signature
charter-signed-on = Tu as signé ce texte le { $day }.
charter-changed = Ce texte a changé depuis ta signature, le { $day }. Rien ne se ferme pour toi. S’il te va encore, tu peux le signer tel qu’il est.
charter-take-back = Tu peux reprendre ta signature d’un clic. Les salons gardés pour les membres se ferment alors pour toi, et rien d’autre ne change.
charter-count = Signatures du texte d’aujourd’hui, parmi les personnes présentes : { $count }.

charter-signed = C’est signé, merci.
charter-signed-already = Ta signature est déjà notée, depuis le { $day }. Rien n’a changé.
charter-again = Pour relire la charte ou reprendre ta signature : { $charter }
charter-open = S’il y a ici des salons gardés pour les membres, ils te sont ouverts.
charter-waiting = Quelqu’un de l’animation va te répondre, et je te le dirai en privé. Tu n’as rien à faire d’ici là.
charter-stuck = Ta signature est bien notée. Les salons gardés pour les membres ne se sont pas ouverts tout seuls : quelqu’un de l’animation va s’en occuper. Tu n’as rien à refaire.
charter-not-now = Merci d’avoir signé la charte. L’animation préfère attendre un peu avant de t’ouvrir les salons gardés pour les membres. Ce n’est pas un reproche. Tu peux en parler avec les personnes qui animent.
charter-not-now-talk = Merci d’avoir signé la charte. L’animation préfère attendre un peu avant de t’ouvrir les salons gardés pour les membres. Ce n’est pas un reproche. Tu peux en parler avec { $names }.
charter-welcomed = Bienvenue parmi nous. S’il y a ici des salons gardés pour les membres, ils te sont ouverts. Rien ne presse : lire, c’est déjà participer.
charter-unsigned = C’est fait, ta signature est reprise. Les salons gardés pour les membres se ferment pour toi. Le reste ne change pas.
charter-unsigned-again = Pour signer de nouveau, quand tu voudras : { $charter }
charter-unsigned-already = Je n’ai pas de signature à te rendre. Rien n’a changé.

charter-arrived = { $who } vient d’arriver et a signé la charte.
charter-arrived-before = { $who } a signé la charte.
charter-arrived-ask = On lui ouvre la porte ? Un clic suffit. Quelle que soit la réponse, je la lui dis en privé, avec douceur.
charter-choice-welcome = Accueillir
charter-choice-later = Pas maintenant
charter-settled-open = { $who } a signé la charte. { $by } lui souhaite la bienvenue.
charter-settled-later = { $who } a signé la charte. { $by } a répondu : pas maintenant. Pour y revenir : { $arrivals }
charter-let-in = { $who } a signé la charte. Ici, ça suffit maintenant pour entrer : il n’y a rien à décider.
charter-left = { $who } n’est plus là. Il n’y a rien à décider.
charter-taken-back = { $who } a repris sa signature. Il n’y a rien à décider.
charter-done-open = C’est fait. { $who } l’apprend en privé.
charter-done-later = C’est noté. { $who } l’apprend en privé, sans reproche, avec un nom pour en parler.
charter-done-untold = C’est fait. Je n’arrive pas à écrire en privé à { $who } : un mot de ta part lui fera du bien.
charter-nobody = Cette personne n’est plus là, ou a repris sa signature. Il n’y a rien à décider, et rien n’a changé.
charter-settled-already = Quelqu’un y a déjà répondu. Rien n’a changé.

charter-waiting-title = Qui attend d’entrer :
charter-later-title = À qui on a répondu « pas maintenant » :
charter-waiting-one = { $who }, signature du { $day }
charter-choice-welcome-who = Accueillir { $who }
charter-choice-later-who = Pas maintenant : { $who }
charter-waiting-none = Personne n’attend.
charter-waiting-more = { $count ->
    [one] Il reste une personne. Son bouton viendra ensuite : { $arrivals }
   *[other] Il reste { $count } personnes. Leurs boutons viendront ensuite : { $arrivals }
}
charter-approval-off = Ici, signer la charte suffit pour entrer.

charter-door = Quelqu’un a signé la charte, et je n’arrive pas à lui ouvrir les salons gardés pour les membres. La signature est notée, rien n’est perdu.
charter-door-look = Trois choses à regarder dans les réglages du serveur :
charter-door-there = le rôle des membres existe encore ;
charter-door-below = dans la liste des rôles, il est placé plus bas que le mien ;
charter-door-allowed = j’ai la permission de gérer les rôles.
charter-door-then = Quand c’est réglé, un clic ici ouvre à toutes les personnes qui ont signé.
charter-choice-try = Essayer encore
charter-door-tried = { $by } a relancé l’ouverture. Personnes concernées : { $count }. Si ça bloque encore, je l’écris ici.
charter-door-nobody = { $by } a relancé l’ouverture. Personnes qui attendent : { $count }.
charter-door-not-closed = { $who } a repris sa signature, et je n’arrive pas à lui fermer les salons gardés pour les membres. Si cette personne a le rôle des membres, il faut le lui retirer à la main.

help-charter-charter = lire la charte, la signer, ou reprendre ta signature
help-charter-arrivals = voir qui attend d’être accueilli
