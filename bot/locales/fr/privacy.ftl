# Ce que je garde de quelqu’un lui appartient : le voir, l’emporter, l’effacer.

privacy-data-title = Ce que je garde de toi, dans « { $community } »
privacy-data-person = Ton identifiant ({ $identifier }) et ton nom ({ $name }), avec ta langue si tu l’as choisie.
privacy-data-account = Un autre compte, relié à celui-ci, sur { $platform } : { $identifier }, avec ton nom ({ $name }).
privacy-data-since = Ton arrivée : { $day }.
privacy-data-log = Dans le journal d’activité, sous un pseudonyme et sans aucun texte : { $kinds }.
privacy-data-log-empty = Rien dans le journal d’activité pour l’instant. Tes prochains gestes y seront comptés.
privacy-data-unlogged = Rien dans le journal d’activité : tu as choisi de ne pas y être.
privacy-data-rsvps = Réponses à des rencontres : { $count }.
privacy-data-attendance = Rencontres où ta présence est notée : { $count }.
privacy-data-stories = Récits qui portent ton nom ou que l’animation seule lit : { $count }.
privacy-data-story-answers = Demandes de récit auxquelles tu as répondu, sans ce que tu as répondu : { $count }.
privacy-data-story-drafts = Récits en attente de ta décision, scellés : { $count }.
privacy-data-pulses = Prises de pouls où tu as participé, sans ce que tu as répondu : { $count }.
privacy-data-votes = Sondages où ton vote est noté : { $count }.
privacy-data-introductions = Présentations, en brouillon ou parues : { $count }.
privacy-data-signature = Ta signature de la charte : { $day }.
privacy-data-arrival-open = Ton accueil parmi les membres : fait.
privacy-data-arrival-waiting = Ton accueil parmi les membres : quelqu’un de l’animation va répondre.
privacy-data-arrival-later = Ton accueil parmi les membres : remis à plus tard.
privacy-data-arrival-gone = Ton accueil parmi les membres : demandé, puis laissé.
privacy-data-messages = Traces de messages que je t’ai envoyés, sans leur texte : { $count }.
privacy-data-requests = Ce que je t’ai demandé, ou voulais te demander, ces dernières semaines, sans ce que tu as répondu : { $count }.
privacy-data-wish-less = Ton souhait que je t’écrive moins.
privacy-data-wish-sessions = Ton souhait que je ne t’écrive que pour les rencontres.
privacy-data-wish-nothing = Ton souhait que je ne t’écrive plus de moi-même.
privacy-data-deed = La dernière chose que tu as faite comme personne qui anime, { $day }. Je la garde un jour, pour que tu puisses l’annuler.
privacy-data-conversation = Tes réponses à un formulaire que tu remplis en ce moment.
privacy-data-unlinked = Tes récits sans nom et tes réponses au pouls ne sont pas dans cette liste : rien ne les relie à toi.
privacy-data-how = Pour tout recevoir dans un fichier : { $export }. Pour tout effacer : { $forget }
privacy-data-log-off = Pour sortir du journal d’activité seulement : { $log }
privacy-data-log-on = Pour revenir dans le journal d’activité : { $log }

privacy-kind-message = { $count ->
    [one] un message
   *[other] { $count } messages
}
privacy-kind-reply = { $count ->
    [one] une réponse
   *[other] { $count } réponses
}
privacy-kind-reaction = { $count ->
    [one] une réaction
   *[other] { $count } réactions
}
privacy-kind-join = { $count ->
    [one] une arrivée
   *[other] { $count } arrivées
}
privacy-kind-leave = { $count ->
    [one] un départ
   *[other] { $count } départs
}
privacy-kind-rsvp = { $count ->
    [one] une réponse à une rencontre
   *[other] { $count } réponses à des rencontres
}
privacy-kind-story = { $count ->
    [one] un récit
   *[other] { $count } récits
}
privacy-kind-pulse = { $count ->
    [one] une prise de pouls
   *[other] { $count } prises de pouls
}
privacy-kind-attendance = { $count ->
    [one] une présence
   *[other] { $count } présences
}
privacy-kind-introduction = { $count ->
    [one] une présentation
   *[other] { $count } présentations
}
privacy-kind-vote = { $count ->
    [one] un vote à un sondage
   *[other] { $count } votes à des sondages
}

privacy-export = Voici tout ce que je garde qui mène à toi, dans un fichier JSON. Un éditeur de texte suffit pour le lire. Il ne va qu’à toi, avec ce que tu as joint à tes récits.
privacy-export-file = veillee-mes-donnees.json
privacy-export-about = Tout ce que Veillée garde et qui mène à toi, dans cette communauté. Les récits sans nom et les réponses au pouls n’y sont pas : rien ne les relie à toi. Les heures sont en temps universel.

privacy-forget = Je peux oublier ce que je garde de toi dans « { $community } ». Rien ne s’efface avant que tu choisisses. Voici ce qui disparaît :
privacy-goes-person = ton nom, ta langue, et le fait que je te connaisse
privacy-goes-log = tes lignes dans le journal d’activité
privacy-goes-sessions = tes réponses aux rencontres et tes présences
privacy-goes-stories = tes récits à ton nom, et ceux que l’animation seule lit, avec ce que tu y as joint, que je retire aussi du salon
privacy-goes-votes = tes votes, qui sortent aussi du compte des sondages encore ouverts
privacy-goes-introduction = ta présentation, que je retire aussi du salon
privacy-goes-signature = ta signature de la charte, et ce qu’elle t’ouvre
privacy-goes-messages = la trace de nos messages en privé
privacy-stays = Et ce que je ne peux pas effacer :
privacy-stays-unnamed = tes récits sans nom et tes réponses au pouls, parce que rien ne mène de là à toi
privacy-stays-counted = les totaux des sondages terminés, où ton vote reste un nombre sans nom
privacy-stays-rooms = les messages eux-mêmes, dans les salons et ici, et les votes donnés dans les sondages de la plateforme : ils sont à elle. Tu peux y retirer les tiens, avec les enregistrements et les images que tu m’as envoyés
privacy-stays-backups = les copies de sauvegarde déjà faites : l’animation peut te dire combien de temps elles restent
privacy-forget-after = Si tu restes dans le salon, ce que tu y feras ensuite sera compté, comme pour quelqu’un que je ne connais pas. Pour que je ne compte plus rien, prends le deuxième bouton. Je garde alors ton identifiant et ce refus, rien d’autre.
privacy-choice-erase = Tout effacer
privacy-choice-erase-uncounted = Effacer et ne plus me compter
privacy-choice-keep = Ne rien changer
privacy-unchanged = D’accord, rien n’a changé.
privacy-forgotten = C’est fait : tout ce qui menait à toi est effacé. Comme je ne te connais plus, je ne répondrai plus ici. Si tu veux reparler avec moi un jour, écris-moi dans le salon.
privacy-forgotten-uncounted = C’est fait : tout ce qui menait à toi est effacé. Je garde ton identifiant et ton refus d’être dans le journal. Je ne t’écrirai plus, sauf si tu te sers d’une commande ou d’un bouton dans le salon.

privacy-log-off = Si tu sors du journal d’activité, j’efface toutes tes lignes passées et il ne s’en ajoute plus. Les chiffres de la communauté changeront un peu, et c’est ton droit.
privacy-log-off-stays = Tes réponses aux rencontres, tes présences et tes récits restent : ils servent à autre chose. Pour tout effacer : { $forget }
privacy-choice-uncount = Effacer et sortir
privacy-log-is-off = C’est fait : tes lignes sont effacées, et il ne s’en ajoute plus. Pour y revenir : { $on }
privacy-log-off-already = Tu n’es pas dans le journal d’activité. Rien n’a changé. Pour y revenir : { $on }
privacy-log-is-on = C’est fait : à partir de maintenant, le journal d’activité te compte, sous un pseudonyme et sans aucun texte. Pour en sortir : { $off }
privacy-log-on-already = Le journal d’activité te compte déjà. Rien n’a changé. Pour en sortir : { $off }

help-privacy-data = voir ce que je garde de toi
help-privacy-export = recevoir dans un fichier tout ce que je garde de toi
help-privacy-forget = effacer ce que je garde de toi
help-privacy-log-off = sortir du journal d’activité, passé compris
help-privacy-log-on = revenir dans le journal d’activité
