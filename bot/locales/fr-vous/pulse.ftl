pulse-why = Une question, un clic, et c’est tout. Vous pouvez la laisser passer.
pulse-why-session = C’est au sujet de la rencontre « { $theme } ». Un clic suffit, et vous pouvez laisser passer.
pulse-sealed = Votre réponse est scellée, sans votre nom. Le groupe verra les totaux { $when }, s’il y a au moins cinq réponses. Sinon, personne ne verra rien.
pulse-taken = Votre réponse est déjà là, scellée. Elle ne peut plus changer : personne ne sait laquelle est la vôtre, moi non plus.
pulse-thanks = Merci, votre réponse est scellée. Vous pouvez ajouter une phrase. Tout le groupe la lira, sans votre nom, s’il y a au moins cinq réponses.
ask-pulse-sentence = Quelle phrase voulez-vous ajouter ? Tout le groupe la lira, sans votre nom. Je retire votre message d’ici dès que je l’ai, là où je le peux.
pulse-sentence-kept = Votre phrase est scellée, à part de votre réponse. Merci.
ask-pulse-question = Quelle question voulez-vous poser ?
