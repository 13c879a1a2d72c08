# Combien de fois on écrit à quelqu’un en privé, sans qu’il ait rien demandé.

due-attention-settle = tour de ce qui attend pour chaque membre
due-attention-tidy = effacement de la trace des demandes

attention-offer = Pour que je t’écrive moins : { $less }
attention-together = J’ai plusieurs choses pour toi. Je les mets ensemble, pour t’écrire une seule fois. Rien ne presse.
attention-numbered = { $number }. { $what }
attention-over = Il n’y a plus rien à faire pour ça : c’est passé, ou c’est déjà fait.

attention-how-much = Combien de fois puis-je t’écrire en privé, sans que tu m’aies rien demandé ?
attention-means-usual = { $most ->
    [0] Comme d’habitude : ici, je n’écris à personne de moi-même.
    [one] Comme d’habitude : une fois par semaine au plus.
   *[other] Comme d’habitude : { $most } fois par semaine au plus.
}
attention-means-less = Moins : une fois par semaine au plus, avec tout ce qui attendait.
attention-means-sessions = Les rencontres seulement : ce qui touche celles où tu viens, ou peut-être.
attention-means-nothing = Rien : une réponse quand tu m’écris, et c’est tout.
attention-now-usual = En ce moment, c’est comme d’habitude.
attention-now-less = En ce moment, c’est moins.
attention-now-sessions = En ce moment, ce sont les rencontres seulement.
attention-now-nothing = En ce moment, ce n’est rien.
attention-yours = Personne d’autre ne voit ton choix. Si une rencontre où tu as dit venir change ou s’annule, je te le dis toujours.
attention-choice-change = M’écrire moins
attention-choice-usual = Comme d’habitude
attention-choice-less = Moins
attention-choice-sessions = Les rencontres seulement
attention-choice-nothing = Rien
attention-set-usual = { $most ->
    [0] C’est noté. Ici, je n’écris à personne de moi-même. Pour changer : { $change }
    [one] C’est noté : je t’écris une fois par semaine au plus. Pour changer : { $change }
   *[other] C’est noté : je t’écris { $most } fois par semaine au plus. Pour changer : { $change }
}
attention-set-less = C’est noté : je t’écris une fois par semaine au plus. Pour changer : { $change }
attention-set-sessions = C’est noté : je ne t’écris plus que pour les rencontres où tu viens, ou peut-être. Pour changer : { $change }
attention-set-nothing = C’est noté : je ne t’écris plus de moi-même. Tu auras ma réponse quand tu m’écris, et un mot si une rencontre où tu as dit venir change. Pour revenir : { $change }

attention-cost-few = { $people ->
    [one] J’écrirai en privé à une personne. Elle le lira au moment prévu, plus tard, ou pas du tout, selon ce qu’elle a déjà reçu et ce qu’elle souhaite.
   *[other] J’écrirai en privé à { $people } personnes. Chacune le lira au moment prévu, plus tard, ou pas du tout, selon ce qu’elle a déjà reçu et ce qu’elle souhaite.
}
attention-cost-all = J’écrirai en privé à { $people } personnes, toutes au moment prévu.
attention-cost-some = J’écrirai en privé à { $people } personnes. Quelques-unes ont déjà reçu assez de messages : elles le liront plus tard, ou pas du tout.
attention-cost-most = J’écrirai en privé à { $people } personnes. La plupart ont déjà reçu assez de messages : elles le liront plus tard, ou pas du tout.
attention-cost-counted = J’écrirai en privé à { $people } personnes. { $held } ont déjà reçu assez de messages : elles le liront plus tard, ou pas du tout.

attention-budget = { $most ->
    [0] Dans cette communauté, je n’écris à personne en privé sans qu’on me l’ait demandé.
    [one] Chaque personne reçoit de moi une demande par semaine au plus : récits, pouls et rappels ensemble.
   *[other] Chaque personne reçoit de moi { $most } demandes par semaine au plus : récits, pouls et rappels ensemble.
}
attention-budget-choose = Chacune peut en vouloir moins, et cela ne se voit nulle part. Les rappels des rencontres passent d’abord, puis les récits, puis le pouls.
attention-budget-lately = Ces sept derniers jours :
attention-budget-few = Pour si peu de monde, je ne compte pas ce qui est parti ces sept derniers jours : ce serait parler de quelqu’un.
attention-budget-sent = Messages envoyés : { $count }
attention-budget-merged = Demandes jointes à un autre message : { $count }
attention-budget-waits = Demandes qui attendent leur tour : { $count }
attention-budget-dropped = Demandes laissées, faute de place ou devenues inutiles : { $count }
attention-budget-sent-some = Messages envoyés : quelques-uns
attention-budget-merged-some = Demandes jointes à un autre message : quelques-unes
attention-budget-waits-some = Demandes qui attendent leur tour : quelques-unes
attention-budget-dropped-some = Demandes laissées, faute de place ou devenues inutiles : quelques-unes
attention-budget-sent-many = Messages envoyés : beaucoup
attention-budget-merged-many = Demandes jointes à un autre message : beaucoup
attention-budget-waits-many = Demandes qui attendent leur tour : beaucoup
attention-budget-dropped-many = Demandes laissées, faute de place ou devenues inutiles : beaucoup
attention-budget-to-come = Ce qui est prévu d’ici deux semaines :
attention-budget-nothing = D’ici deux semaines, rien n’est prévu qui s’adresse à quelqu’un en privé.
attention-entry = { $when }, { $what }. { $cost }

help-attention-wish = choisir combien de fois je t’écris en privé
help-attention-budget = voir combien de messages privés partent, et ce que coûtent les prochains
label-attention-wish = Combien
ask-attention-wish = Combien de fois puis-je t’écrire ? Comme d’habitude, moins, les rencontres seulement, ou rien.
