# Relier ses comptes de deux plateformes, et les délier.

linking-nowhere = « { $community } » se réunit à un seul endroit : il n’y a pas de compte à relier.
linking-code = Ton code : { $code }
linking-how = Depuis ton autre compte, écris-moi en privé : { $typed }
linking-once = Ce code sert une seule fois, dans les dix minutes. Ne le montre à personne.
linking-why = En reliant tes comptes, tu comptes pour une seule personne : réponses aux rencontres, présences, participation. Je t’écris alors à un seul endroit.
linking-not-copied = Rien de ce qui se dit d’un côté n’est copié de l’autre. Pour délier tes comptes : { $unlink }
linking-account = { $platform }, { $name } ({ $identifier })
linking-linked-already = Tes comptes sont déjà reliés : { $accounts }. Pour les délier : { $unlink }
linking-unknown = Ce code ne me dit rien. Il est peut-être mal tapé, déjà utilisé, ou vieux de plus de dix minutes. Rien n’a changé. Pour un nouveau code, écris-moi depuis ton autre compte : { $typed }
linking-tried-too-often = Plusieurs codes n’ont rien donné. Par prudence, je n’en lis plus de ta part pour l’instant. Rien n’a changé. Réessaie dans une heure.
linking-own = C’est bien ton code. Il se tape depuis ton autre compte, sur l’autre plateforme.
linking-same-platform = Ces deux comptes sont sur { $platform }, et je relie un seul compte par plateforme. Rien n’a changé.
linking-whose = Ce code vient de { $theirs }. Si c’est toi, je peux relier ce compte au tien ici : { $mine }.
linking-beware = Si ce n’est pas toi, ne relie rien : l’autre personne verrait ce que je garde de toi.
linking-choice-link = C’est moi, relier
linking-choice-not = Ce n’est pas moi
linking-one-more = Il reste un clic, de l’autre côté : { $theirs }. Je viens de t’y écrire. Si tu n’y vois rien, écris-y : { $typed }
linking-confirm = Ton code a été tapé par { $theirs }. Est-ce toi ?
linking-done = C’est fait. Ces comptes ne font plus qu’une personne : { $accounts }.
linking-refused = D’accord, rien n’a été relié. Le code ne sert plus.
linking-too-late = C’est trop tard pour ce code. Rien n’a changé. Pour recommencer, écris : { $typed }
linking-nothing-linked = Je ne te connais que ce compte : il n’y a rien à délier.
linking-apart-ask = Tu es ici avec ce compte : { $mine }. Lequel veux-tu en délier ?
linking-apart-past = Ensuite, chacun est compté à part. Le passé reste compté une seule fois, avec le compte d’ici.
linking-choice-apart = Délier { $platform }
linking-choice-leave = Ne rien changer
linking-unchanged = D’accord, rien n’a changé.
linking-apart-already = Ce compte est déjà délié. Rien n’a changé.
linking-apart-done = C’est fait. Ce compte est maintenant compté à part : { $account }. Le passé reste avec celui-ci : { $mine }.

help-linking-link = relier tes comptes de deux plateformes, pour compter une seule fois
help-linking-unlink = délier tes comptes
ask-linking-code = Quel code as-tu reçu sur l’autre plateforme ? Sans code, je t’en donne un.
label-linking-code = Code
