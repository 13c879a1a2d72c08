attention-offer = Pour que je vous écrive moins : { $less }
attention-together = J’ai plusieurs choses pour vous. Je les mets ensemble, pour vous écrire une seule fois. Rien ne presse.
attention-how-much = Combien de fois puis-je vous écrire en privé, sans que vous m’ayez rien demandé ?
attention-means-sessions = Les rencontres seulement : ce qui touche celles où vous venez, ou peut-être.
attention-means-nothing = Rien : une réponse quand vous m’écrivez, et c’est tout.
attention-yours = Personne d’autre ne voit votre choix. Si une rencontre où vous avez dit venir change ou s’annule, je vous le dis toujours.
attention-set-usual = { $most ->
    [0] C’est noté. Ici, je n’écris à personne de moi-même. Pour changer : { $change }
    [one] C’est noté : je vous écris une fois par semaine au plus. Pour changer : { $change }
   *[other] C’est noté : je vous écris { $most } fois par semaine au plus. Pour changer : { $change }
}
attention-set-less = C’est noté : je vous écris une fois par semaine au plus. Pour changer : { $change }
attention-set-sessions = C’est noté : je ne vous écris plus que pour les rencontres où vous venez, ou peut-être. Pour changer : { $change }
attention-set-nothing = C’est noté : je ne vous écris plus de moi-même. Vous aurez ma réponse quand vous m’écrivez, et un mot si une rencontre où vous avez dit venir change. Pour revenir : { $change }
help-attention-wish = choisir combien de fois je vous écris en privé
ask-attention-wish = Combien de fois puis-je vous écrire ? Comme d’habitude, moins, les rencontres seulement, ou rien.
