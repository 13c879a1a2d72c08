# Accueillir, et se présenter.

rhythm-welcome = accueil
due-welcome-greet = accueil
due-welcome-draft = effacement d’un brouillon

welcome-new = Bienvenue à { $names }. Rien ne presse : lire, c’est déjà participer.
welcome-new-many = Bienvenue aux { $count } personnes qui arrivent. Rien ne presse : lire, c’est déjà participer.
welcome-back = Bon retour, { $names }.
welcome-back-many = Bon retour aux { $count } personnes qui reviennent.
welcome-late = Avec un peu de retard de ma part. { $greeting }
welcome-how = { $count ->
    [one] Pour savoir ce que je peux faire pour toi, écris ici { $help } et ma réponse te vient en privé.
   *[other] Pour savoir ce que je peux faire pour vous, écrivez ici { $help } et ma réponse vient en privé.
}

welcome-hello = Bonjour { $name }. Je suis Veillée, un programme : j’aide les personnes qui animent « { $community } ».
welcome-kept = Je note qui écrit, où et quand, sous un pseudonyme. Je ne garde pas ce qui se dit dans les salons. Pour voir ou effacer ce que je garde de toi : { $data }
welcome-how-often = { $most ->
    [one] Sans que tu me demandes rien, je t’écris en privé une fois par semaine au plus. Pour en avoir moins : { $less }
   *[other] Sans que tu me demandes rien, je t’écris en privé { $most } fois par semaine au plus. Pour en avoir moins : { $less }
}
welcome-mission = Ce qui réunit les gens ici : { $mission }
welcome-steps = Pour commencer, un seul geste suffit, et tu le choisis :
welcome-step-click = Mettre une réaction sous un message. Un clic, c’est déjà être là.
welcome-step-sentence = Répondre d’une phrase à quelqu’un. L’orthographe ne regarde personne.
welcome-step-introduce = Te présenter : trois courtes questions, deux minutes. Tu peux en passer.
welcome-ask = Veux-tu te présenter maintenant ? Tu verras le texte avant qu’il paraisse.
welcome-choice-introduce = Me présenter
welcome-choice-later = Une autre fois
welcome-other-language = English
welcome-later = D’accord. Quand tu voudras : { $introduce }
welcome-language = D’accord, je te parle français.

ask-welcome-language = Dans quelle langue veux-tu que je te parle ? Français, ou anglais.
ask-welcome-does = Trois courtes questions. Personne ne lit tes réponses avant que tu le décides. Pour commencer : que fais-tu, au travail ou ailleurs ?
ask-welcome-hopes = Qu’espères-tu trouver ici ?
ask-welcome-about = Une petite chose sur toi ? Un goût, un lieu, une manie.
ask-welcome-new-does = Ce que tu fais : écris-le autrement. Si tu passes, je garde ta phrase.
ask-welcome-new-hopes = Ce que tu espères trouver ici ? Si tu passes, je garde ta phrase.
ask-welcome-new-about = La petite chose sur toi ? Si tu passes, je garde ta phrase.

welcome-quote-does = Ce que je fais : { $answer }
welcome-quote-hopes = Ce que j’espère trouver ici : { $answer }
welcome-quote-about = Une petite chose sur moi : { $answer }
welcome-draft = Voici ce que le salon lirait :
welcome-draft-kept = Personne d’autre ne l’a lu. Sans réponse de ta part, je l’efface { $until }.
welcome-choice-post = Publier
welcome-choice-change = Changer
welcome-choice-discard = Pas maintenant
welcome-choice-withdraw = La retirer
welcome-introduction = { $who } se présente.
welcome-posted = Ta présentation est dans le salon. Merci. Tu peux la retirer quand tu veux.
welcome-posted-already = Ta présentation est déjà dans le salon. Rien n’a changé.
welcome-discarded = D’accord, c’est effacé. Quand tu voudras : { $introduce }
welcome-withdrawn = C’est retiré du salon. Quand tu voudras en écrire une autre : { $introduce }
welcome-draft-gone = Ce texte n’est plus là : il a été changé ou effacé depuis. Rien n’est paru. Pour en écrire un autre : { $introduce }
welcome-nothing-given = Tu as tout passé, et c’est très bien ainsi. Rien n’a été gardé. Quand tu voudras : { $introduce }

help-welcome-introduce = te présenter, en trois courtes questions
help-welcome-language = choisir la langue dans laquelle je te parle

label-welcome-language = Langue
label-welcome-does = Ce que tu fais
label-welcome-hopes = Ce que tu espères trouver ici
label-welcome-about = Une petite chose sur toi
label-welcome-new-does = Ce que tu fais
label-welcome-new-hopes = Ce que tu espères trouver ici
label-welcome-new-about = Une petite chose sur toi
title-welcome-introduction = Te présenter
title-welcome-change = Te présenter autrement
