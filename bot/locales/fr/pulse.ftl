rhythm-pulse = pouls
due-pulse-open = prise de pouls
due-pulse-close = résultats de la prise de pouls

pulse-why = Une question, un clic, et c’est tout. Tu peux la laisser passer.
pulse-why-session = C’est au sujet de la rencontre « { $theme } ». Un clic suffit, et tu peux laisser passer.
pulse-sealed = Ta réponse est scellée, sans ton nom. Le groupe verra les totaux { $when }, s’il y a au moins cinq réponses. Sinon, personne ne verra rien.
pulse-own-low = Pas du tout
pulse-own-high = Tout à fait
pulse-over = Cette prise de pouls est terminée, et rien n’a été ajouté. La prochaine viendra à son heure.
pulse-taken = Ta réponse est déjà là, scellée. Elle ne peut plus changer : personne ne sait laquelle est la tienne, moi non plus.
pulse-thanks = Merci, ta réponse est scellée. Tu peux ajouter une phrase. Tout le groupe la lira, sans ton nom, s’il y a au moins cinq réponses.
pulse-choice-sentence = Ajouter une phrase
pulse-choice-enough = C’est tout
pulse-enough = C’est bien ainsi. Les totaux viendront dans le salon.
pulse-stays-there = Je n’ai pas le droit de retirer d’ici ce que tu viens de choisir ou d’écrire. Tu peux l’effacer toi-même. Ce qui est scellé le reste.
ask-pulse-sentence = Quelle phrase veux-tu ajouter ? Tout le groupe la lira, sans ton nom. Je retire ton message d’ici dès que je l’ai, là où je le peux.
sheet-pulse-sentence = Tout le groupe la lira, sans ton nom, s’il y a au moins cinq réponses.
pulse-sentence-kept = Ta phrase est scellée, à part de ta réponse. Merci.

pulse-results = Le pouls : { $question }
pulse-mean = Moyenne : { $mean } sur 5, soit la somme des réponses divisée par leur nombre. Réponses : { $answered }, sur { $asked } personnes à qui je l’ai demandé.
pulse-figure = { $mean }
pulse-trend-higher = La même question, { $day } : { $mean }. C’est plus haut maintenant.
pulse-trend-lower = La même question, { $day } : { $mean }. C’est plus bas maintenant.
pulse-trend-same = La même question, { $day } : { $mean }. C’est pareil maintenant.
pulse-trend-others = Les fois d’avant, sur d’autres questions de 1 à 5 : { $figures }.
pulse-sentences = Des phrases laissées sans nom, sans ordre :
pulse-too-few-answered = « { $question } » Il y a eu moins de cinq réponses. Elles restent closes, et je les ai effacées. Merci à qui a pris un moment.
pulse-lost = « { $question } » Je ne peux pas ouvrir les réponses. Leur clé n’est plus là, sans doute après une restauration. Personne ne les a lues, et je n’en déduis rien.
pulse-some-lost = Une partie des réponses n’a pas pu être ouverte, et n’est pas comptée ici.
pulse-too-few-people = Il faut au moins cinq membres à qui écrire : à moins, une réponse serait celle de quelqu’un. Rien n’a été demandé.
pulse-asked = C’est demandé en privé à { $count } membres. Les totaux viendront { $when }.
pulse-no-results = Pas encore de résultats à montrer. Ils paraissent quand une prise de pouls se termine, s’il y a au moins cinq réponses.

help-pulse-now = prendre le pouls maintenant, avec une question à soi si on veut
help-pulse-results = revoir les derniers résultats du pouls
ask-pulse-question = Quelle question veux-tu poser ?

label-pulse-sentence = Ta phrase
label-pulse-question = Question
title-pulse-sentence = Ajouter une phrase
