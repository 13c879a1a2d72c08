welcome-how = { $count ->
    [one] Pour savoir ce que je peux faire pour vous, écrivez ici { $help } et ma réponse vous vient en privé.
   *[other] Pour savoir ce que je peux faire pour vous, écrivez ici { $help } et ma réponse vient en privé.
}
welcome-kept = Je note qui écrit, où et quand, sous un pseudonyme. Je ne garde pas ce qui se dit dans les salons. Pour voir ou effacer ce que je garde de vous : { $data }
welcome-how-often = { $most ->
    [one] Sans que vous me demandiez rien, je vous écris en privé une fois par semaine au plus. Pour en avoir moins : { $less }
   *[other] Sans que vous me demandiez rien, je vous écris en privé { $most } fois par semaine au plus. Pour en avoir moins : { $less }
}
welcome-steps = Pour commencer, un seul geste suffit, et vous le choisissez :
welcome-step-introduce = Vous présenter : trois courtes questions, deux minutes. Vous pouvez en passer.
welcome-ask = Voulez-vous vous présenter maintenant ? Vous verrez le texte avant qu’il paraisse.
welcome-later = D’accord. Quand vous voudrez : { $introduce }
welcome-language = D’accord, je vous parle français.
ask-welcome-language = Dans quelle langue voulez-vous que je vous parle ? Français, ou anglais.
ask-welcome-does = Trois courtes questions. Personne ne lit vos réponses avant que vous le décidiez. Pour commencer : que faites-vous, au travail ou ailleurs ?
ask-welcome-hopes = Qu’espérez-vous trouver ici ?
ask-welcome-about = Une petite chose sur vous ? Un goût, un lieu, une manie.
ask-welcome-new-does = Ce que vous faites : écrivez-le autrement. Si vous passez, je garde votre phrase.
ask-welcome-new-hopes = Ce que vous espérez trouver ici ? Si vous passez, je garde votre phrase.
ask-welcome-new-about = La petite chose sur vous ? Si vous passez, je garde votre phrase.
welcome-draft-kept = Personne d’autre ne l’a lu. Sans réponse de votre part, je l’efface { $until }.
welcome-posted = Votre présentation est dans le salon. Merci. Vous pouvez la retirer quand vous voulez.
welcome-posted-already = Votre présentation est déjà dans le salon. Rien n’a changé.
welcome-discarded = D’accord, c’est effacé. Quand vous voudrez : { $introduce }
welcome-withdrawn = C’est retiré du salon. Quand vous voudrez en écrire une autre : { $introduce }
welcome-nothing-given = Vous avez tout passé, et c’est très bien ainsi. Rien n’a été gardé. Quand vous voudrez : { $introduce }
help-welcome-introduce = vous présenter, en trois courtes questions
help-welcome-language = choisir la langue dans laquelle je vous parle
label-welcome-does = Ce que vous faites
label-welcome-hopes = Ce que vous espérez trouver ici
label-welcome-about = Une petite chose sur vous
label-welcome-new-does = Ce que vous faites
label-welcome-new-hopes = Ce que vous espérez trouver ici
label-welcome-new-about = Une petite chose sur vous
title-welcome-introduction = Vous présenter
title-welcome-change = Vous présenter autrement
