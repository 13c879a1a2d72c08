# L’évaluation : un rapport lu par la communauté et par qui la finance, souvent imprimé.
# Il ne s’adresse à personne en particulier : ni tu, ni vous.

evaluation-title = Évaluation
evaluation-period = Du { $first } au { $last }
evaluation-made = Rapport préparé le { $day } par Veillée, à partir de ce que la communauté a fait dans ses salons.
evaluation-unfinished = La période n’est pas terminée. Les chiffres s’arrêtent au { $day }.
evaluation-nothing = Rien n’a été compté pendant cette période. Cela ne veut pas dire que rien ne s’est passé.

evaluation-span-days = { $days ->
    [one] un jour
   *[other] { $days } jours
}
evaluation-span-weeks = { $weeks ->
    [1] une semaine
    [2] deux semaines
    [3] trois semaines
    [4] quatre semaines
    [5] cinq semaines
    [6] six semaines
    [7] sept semaines
    [8] huit semaines
    [9] neuf semaines
    [10] dix semaines
    [11] onze semaines
    [12] douze semaines
    [13] treize semaines
   *[other] { $weeks } semaines
}
evaluation-headline = { $people ->
    [one] En { $span }, une personne a pris part à { $community }.
   *[other] En { $span }, { $people } personnes ont pris part à { $community }.
}
evaluation-headline-written = { $written ->
    [one] Un message a été écrit.
   *[other] { $written } messages ont été écrits.
}
evaluation-headline-sessions = { $sessions ->
    [one] Une rencontre a eu lieu.
   *[other] { $sessions } rencontres ont eu lieu.
}
evaluation-headline-stories = { $stories ->
    [one] Un récit a été confié.
   *[other] { $stories } récits ont été confiés.
}
evaluation-headline-back = Sur { $of } personnes, { $again ->
    [0] aucune n’est encore revenue
    [one] une est revenue
   *[other] { $again } sont revenues
} une autre semaine.

evaluation-part = { $value } sur { $of }
evaluation-part-percent = { $value } sur { $of } ({ $percent } %)
evaluation-not-shown-few = moins de 5
evaluation-not-shown-withheld = non montré
evaluation-not-shown-nothing = rien à compter
evaluation-table = Voir les chiffres en tableau
evaluation-how = Comment on compte :
evaluation-term = { $name } :
evaluation-quotes-open = « 
evaluation-quotes-close =  »

evaluation-weeks-title = Semaine après semaine
evaluation-weeks-people-chart = Personnes qui ont pris part, par semaine
evaluation-weeks-people-said = { $weeks ->
    [one] Une semaine. Le plus grand nombre de personnes : { $most }. Le plus petit : { $least }.
   *[other] { $weeks } semaines. Le plus grand nombre de personnes : { $most }. Le plus petit : { $least }.
}
evaluation-weeks-talk-chart = Messages, réponses et réactions, par semaine
evaluation-weeks-talk-said = En tout : { $messages } messages, { $replies } réponses et { $reactions } réactions.
evaluation-week = Semaine du
evaluation-partial = * Semaine incomplète : la période y commence ou s’y arrête.

evaluation-back-title = Revenir
evaluation-back-chart = Combien de personnes écrivent ou réagissent encore, semaine après semaine
evaluation-back-said = De la première semaine à la dernière : { $first }, puis { $last }.
evaluation-back-after = { $weeks ->
    [one] 1 semaine plus tard
   *[other] { $weeks } semaines plus tard
}
evaluation-back-tick = +{ $weeks } sem.
evaluation-back-gap = Depuis la première fois
evaluation-back-few = Moins de cinq personnes ont une première semaine derrière elles. Le chiffre n’est pas montré.
evaluation-back-nothing = Il est trop tôt pour le dire.

evaluation-ladder-title = Les façons de prendre part
evaluation-ladder-intro = Chaque geste compte. Une personne n’est comptée qu’une fois, au geste qui lui a demandé le plus.
evaluation-ladder-chart = Personnes, selon le geste qui leur a demandé le plus
evaluation-ladder-few = Un groupe de moins de cinq personnes n’est pas montré, pour que personne ne soit reconnu. Il arrive qu’un second le soit aussi, sans quoi on trouverait le premier par soustraction.
evaluation-gesture = Geste

evaluation-sessions-title = Les rencontres et les récits
evaluation-sessions-none = Aucune rencontre n’a eu lieu pendant cette période.
evaluation-session-number = Rencontre { $number }
evaluation-sessions-cancelled = { $sessions ->
    [one] Une rencontre a été annulée.
   *[other] { $sessions } rencontres ont été annulées.
}
evaluation-sessions-chart = Présences à chaque rencontre
evaluation-sessions-said = Dans l’ordre : { $counts }.
evaluation-not-taken = non notées
evaluation-stories-consent = Ces récits ont été partagés avec la communauté. Si le rapport doit en sortir, l’accord des personnes qui les ont racontés est nécessaire.
evaluation-stories-left-out = Les récits partagés avec la communauté ne sont pas reproduits dans cette version du rapport.
evaluation-stories-kept = { $stories ->
    [one] Un récit a été confié à l’animation seulement. Il est compté, jamais montré.
   *[other] { $stories } récits ont été confiés à l’animation seulement. Ils sont comptés, jamais montrés.
}
evaluation-story-unnamed = Sans nom
evaluation-story-voice = Récit raconté de vive voix.
evaluation-story-attached = Récit raconté par une image ou un document.
evaluation-story-more = Lire la suite

evaluation-replies-title = Se répondre
evaluation-replies-few = Moins de cinq messages ont reçu une réponse. Le délai n’est pas montré.

evaluation-pulse-title = Le pouls
evaluation-pulse-none = Aucune prise de pouls ne s’est terminée pendant cette période.
evaluation-pulse-intro = Une question, un clic, sans nom. Le 5 est toujours le côté souhaité.
evaluation-pulse-chart = Moyenne de chaque prise de pouls, de 1 à 5
evaluation-pulse-said = Dans l’ordre du temps : { $means }.
evaluation-pulse-lines = Une ligne relie deux prises de pouls qui posaient la même question. Les autres ne se comparent pas.
evaluation-pulse-few = Trop peu de réponses pour les montrer.
evaluation-pulse-mean = moyenne { $mean }
evaluation-pulse-answers = { $of ->
    [0] { $answers } réponses
   *[other] { $answers } réponses sur { $of } personnes
}
evaluation-pulse-spread = Réponses de 1 à 5
evaluation-pulse-sentences = { $sentences ->
    [one] Une phrase ajoutée
   *[other] { $sentences } phrases ajoutées
}
evaluation-pulse-unknown = Question qui n’est plus dans la banque
evaluation-pulse-session = après la rencontre { $number }
evaluation-pulse-ends = De 1 (« { $low } ») à 5 (« { $high } »)

evaluation-silent-title = Ce que ces chiffres ne disent pas
evaluation-silent-elsewhere = Ce qu’une communauté apporte se passe surtout ailleurs : dans une équipe, au téléphone, dans une décision prise autrement. Rien de cela ne laisse de trace ici.
evaluation-silent-quote = Les retombées sont généralement plus importantes qu’on ne le pense.
evaluation-silent-source = Fiches pédagogiques sur les communautés virtuelles de pratique, UQAM et CLES
evaluation-silent-reading = Lire sans écrire, c’est déjà prendre part. Trouver sa réponse, ou se reconnaître dans un récit, suffit parfois. Ces chiffres ne le voient pas.
evaluation-silent-seasons = Un chiffre qui baisse n’est pas un échec. Une communauté a ses saisons, et elles ne se suivent pas en ligne droite.
evaluation-silent-stories = Les récits disent ce que les chiffres manquent. Les deux se lisent ensemble.

evaluation-method-title = Comment ces chiffres sont faits
evaluation-method-log = Veillée note qui a fait un geste, où, quand et de quelle sorte. Elle ne garde pas ce qui a été dit.
evaluation-method-names = Chaque personne y est désignée par un pseudonyme tiré au hasard. Aucun pseudonyme ne paraît dans ce rapport.
evaluation-method-opt-out = Qui a demandé à ne pas être compté n’est dans aucun chiffre.
evaluation-method-few = Un groupe de moins de cinq personnes n’est pas montré là où l’on pourrait reconnaître quelqu’un. Personne n’est classé.
evaluation-method-clock = Les semaines vont du lundi au dimanche ({ $zone }).

evaluation-name-people = Personnes qui ont pris part
evaluation-def-people = Elles ont écrit, réagi, voté, répondu à une invitation, raconté un récit ou assisté à une rencontre. Chacune compte une fois, ou une fois par semaine dans le tableau. L’animation est comprise. Une personne présente sur deux plateformes compte deux fois, sauf si elle a relié ses comptes.
evaluation-name-messages = Messages
evaluation-def-messages = Ce qui est écrit dans les salons, sauf les réponses. Un message retiré ne compte plus.
evaluation-name-replies = Réponses
evaluation-def-replies = Les messages qui répondent à un autre, ou écrits dans un fil.
evaluation-name-reactions = Réactions
evaluation-def-reactions = Un pouce, un cœur ou un autre signe posé sur un message. Un signe qui sert de bouton, par exemple pour dire « je viens », n’est pas compté ici.
evaluation-name-newcomers = Arrivées
evaluation-def-newcomers = Les personnes arrivées pendant la période et jamais vues avant. Un retour n’est pas une arrivée.
evaluation-name-left = Départs
evaluation-def-left = Les personnes parties de tous les salons, et pas revenues avant la fin de la période.
evaluation-name-came-back = Revenues une autre semaine
evaluation-def-came-back = Des personnes ont écrit, réagi ou voté une première semaine. On compte celles qui l’ont refait une autre semaine. Une première fois dans la dernière semaine ne compte pas : il est trop tôt.
evaluation-name-came-back-later = Encore là, une à huit semaines plus tard
evaluation-def-came-back-later = On part de la première semaine de la période où chaque personne a écrit, réagi ou voté. On regarde si elle l’a refait tant de semaines plus tard. Le second nombre est celui des personnes pour qui cette semaine est déjà passée en entier.
evaluation-name-newcomers-active = Arrivées suivies d’un geste
evaluation-def-newcomers-active = Parmi les arrivées, les personnes qui ont pris part dans les quatorze jours. Les arrivées plus récentes sont mises de côté : leurs quatorze jours ne sont pas passés.
evaluation-name-step-clicked = Un clic
evaluation-def-step-clicked = Une réaction, une réponse à une invitation ou un vote à un sondage.
evaluation-name-step-wrote = Quelques mots
evaluation-def-step-wrote = Un message, une réponse ou une présentation.
evaluation-name-step-told = Un récit
evaluation-def-step-told = Un récit raconté, quelle que soit la façon de le partager.
evaluation-name-step-came = Une rencontre
evaluation-def-step-came = Au moins une rencontre où la personne a été notée présente.
evaluation-name-sessions-held = Rencontres tenues
evaluation-def-sessions-held = Les rencontres de la période qui ont commencé et n’ont pas été annulées.
evaluation-name-sessions-cancelled = Rencontres annulées
evaluation-def-sessions-cancelled = Les rencontres annulées qui devaient avoir lieu pendant la période.
evaluation-name-yes = Je viens
evaluation-def-yes = Les personnes dont la dernière réponse à l’invitation est « Je viens ».
evaluation-name-maybe = Peut-être
evaluation-def-maybe = Les personnes dont la dernière réponse à l’invitation est « Peut-être ».
evaluation-name-no = Je ne peux pas
evaluation-def-no = Les personnes dont la dernière réponse à l’invitation est « Je ne peux pas ».
evaluation-name-attended = Présences
evaluation-def-attended = Les personnes que l’animation a notées présentes. Zéro veut souvent dire que les présences n’ont pas été notées.
evaluation-name-came-twice = Venues à deux rencontres ou plus
evaluation-def-came-twice = Parmi les personnes notées présentes à une rencontre, celles qui l’ont été à au moins deux.
evaluation-name-stories-told = Récits confiés
evaluation-def-stories-told = Tous les récits racontés pour les rencontres de la période, partagés ou non.
evaluation-name-stories-shared = Récits partagés
evaluation-def-stories-shared = Les récits que leurs auteurs et autrices ont voulu partager avec la communauté, avec ou sans nom, et qui l’ont été.
evaluation-name-stories-kept = Récits gardés par l’animation
evaluation-def-stories-kept = Les récits confiés à l’animation seulement. Ils sont comptés, jamais montrés.
evaluation-name-answered = Messages qui ont reçu une réponse
evaluation-def-answered = Quelqu’un d’autre y a répondu avant la fin de la période. Les réactions ne comptent pas ici.
evaluation-name-first-reply = Temps avant la première réponse
evaluation-def-first-reply = Le temps entre un message et la première réponse de quelqu’un d’autre. La moitié des réponses viennent plus vite, l’autre moitié plus tard. Les messages sans réponse n’y sont pas.
evaluation-name-pulse-answers = Réponses
evaluation-def-pulse-answers = Les personnes qui ont répondu, sur celles à qui la question a été posée. En dessous de cinq réponses, rien n’est montré.
evaluation-name-pulse-mean = Moyenne
evaluation-def-pulse-mean = La moyenne des réponses, de 1 à 5, arrondie au dixième.
evaluation-name-pulse-step = Réponses à chaque échelon
evaluation-def-pulse-step = Combien de personnes ont choisi 1, 2, 3, 4 ou 5.
evaluation-name-pulse-sentences = Phrases ajoutées
evaluation-def-pulse-sentences = Les phrases écrites à côté d’une réponse. Elles sont comptées, pas reproduites.

evaluation-calendar-session = Rencontre { $number } de { $community }
